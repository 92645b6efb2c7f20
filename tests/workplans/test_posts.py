"""任职: public posts with their terms. The post is the record; the holder's name stays inside the town and goes with the term."""

import datetime as dt

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import Cast
from tests.factories import DAY, H1, make_activity, make_post
from workplans.area import metrics
from workplans.compose import draft
from workplans.ledger import Ledger
from workplans.models import Conflict, Period, PublicPost
from workplans.models.guard import NameField
from workplans.views.posts import waiting_for

TODAY = dt.date(2020, 7, 10)
HOLDER = "某任职者"  # stands for a name, which no test needs
SOURCE = "区人大常委会公告"
Type = PublicPost.Type


@pytest.fixture(autouse=True)
def _in_july(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda *args: TODAY)


def held(cast: Cast, code: str, period: Period = H1) -> int:
    return Ledger([cast.town], period).value(metrics()[code])


class TestTheRecord:
    def test_a_post_counts_by_its_type_while_it_is_held(self, cast: Cast):
        make_post(by=cast.clerk, type=Type.DELEGATE)
        make_post(by=cast.clerk, type=Type.CONSULTATIVE).end(dt.date(2020, 6, 30))
        assert (held(cast, "posts"), held(cast, "posts_delegate"), held(cast, "posts_consultative")) == (1, 1, 0)
        assert held(cast, "posts", Period.parse("2020Q1")) == 2

    def test_an_ended_post_is_kept_without_the_name_and_never_changes_again(self, cast: Cast):
        post = make_post(by=cast.clerk, holder=HOLDER, source=SOURCE)
        post.end(TODAY)
        stored = PublicPost.objects.get()
        assert (stored.ended_on, stored.holder, stored.source) == (TODAY, "", SOURCE)
        with pytest.raises(Conflict):
            stored.rewrite()

    def test_it_cannot_end_before_it_began(self, cast: Cast):
        with pytest.raises(ValueError, match="before"):
            make_post(by=cast.clerk).end(DAY - dt.timedelta(1))

    def test_no_name_without_its_public_source_whoever_writes_it(self, cast: Cast):
        with pytest.raises(IntegrityError), transaction.atomic():
            make_post(by=cast.clerk, holder=HOLDER)
        with pytest.raises(ValidationError):
            PublicPost(unit=cast.town, created_by=cast.clerk, type=Type.CADRE, title="副校长", began_on=DAY,
                       holder=HOLDER).full_clean()  # fmt: skip

    def test_the_history_keeps_no_name(self):
        assert "holder" not in {field.name for field in PublicPost.history.model._meta.fields}

    def test_a_name_stands_in_the_declared_field_alone(self):
        found = {
            f"{model.__name__}.{field.name}": (bool(field.purpose), bool(field.kept))
            for model in apps.get_app_config("workplans").get_models()
            for field in model._meta.local_fields
            if isinstance(field, NameField)
        }
        assert found == {"PublicPost.holder": (True, True)}


DAYS = st.dates(dt.date(2019, 11, 1), dt.date(2020, 9, 30))
TERMS = st.tuples(st.sampled_from(Type.values), DAYS, st.none() | DAYS).filter(lambda t: t[2] is None or t[2] >= t[1])


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(terms=st.lists(TERMS, max_size=8), period=st.sampled_from([H1, Period.parse("2019H2"), Period.parse("2020-03")]))
def test_at_any_periods_end_those_count_that_were_held_that_day(terms: list, period: Period, cast: Cast):
    PublicPost.objects.all().delete()
    for type_, began, ended in terms:
        PublicPost.objects.create(unit=cast.town, created_by=cast.clerk, type=type_, title="职务", began_on=began,
                                  ended_on=ended)  # fmt: skip
    last = period.last_day
    then = [type_ for type_, began, ended in terms if began <= last and (ended is None or ended > last)]
    assert held(cast, "posts", period) == len(then)
    for type_ in Type.values:
        assert held(cast, f"posts_{type_}", period) == then.count(type_)


class TestTheName:
    """It is read on the town's own pages and nowhere else."""

    @pytest.fixture
    def post(self, cast: Cast) -> PublicPost:
        return make_post(by=cast.clerk, holder=HOLDER, source=SOURCE, term_ends_on=dt.date(2020, 8, 1))

    def test_the_town_reads_it_on_the_list_and_on_the_page(self, cast: Cast, clerk: Client, post: PublicPost):
        for address in (reverse("posts"), post.get_absolute_url()):
            assert HOLDER in clerk.get(address).content.decode()

    @pytest.mark.parametrize("name", ["posts", "post", "home", "areas", "area", "figure", "ledger", "quarterly"])
    def test_a_district_reads_the_post_without_it(self, cast: Cast, district: Client, post: PublicPost, name: str):
        args = {"post": [post.pk], "area": ["figures"], "figure": ["posts"]}.get(name, [])
        response = district.get(reverse(name, args=args) + "?period=2020H2")
        assert response.status_code == 200
        assert HOLDER not in response.content.decode()

    def test_no_paper_and_no_waiting_line_names_anybody(self, cast: Cast, clerk: Client, post: PublicPost):
        make_activity(by=cast.clerk)
        assert HOLDER not in "".join(draft(cast.town, H1).values())
        assert HOLDER not in str(waiting_for(cast.clerk, TODAY))
        assert HOLDER not in clerk.get(reverse("quarterly")).content.decode()

    def test_a_figure_of_posts_lists_them_without_it(self, cast: Cast, clerk: Client, post: PublicPost):
        page = clerk.get(reverse("figure", args=["posts"]) + "?period=2020H1").content.decode()
        assert post.title in page
        assert HOLDER not in page

    def test_taking_it_out_by_an_edit_leaves_none(self, cast: Cast, clerk: Client, post: PublicPost):
        address = reverse("post_edit", args=[post.pk])
        form = {f.name: f.value() or "" for f in clerk.get(address).context["form"]} | {"holder": ""}
        clerk.post(address, form)
        assert HOLDER not in clerk.get(post.get_absolute_url()).content.decode()


class TestPages:
    NEW = {"type": "delegate", "title": "区人大代表", "term": "第五届", "began_on": "2016-12-20",
           "term_ends_on": "2021-12-31", "source": SOURCE, "holder": ""}  # fmt: skip

    def test_a_form_sent_twice_is_one_post(self, cast: Cast, clerk: Client):
        token = clerk.get(reverse("post_new")).context["form"]["token"].value()
        for _ in range(2):
            clerk.post(reverse("post_new"), self.NEW | {"token": token})
        assert PublicPost.objects.get().title == "区人大代表"

    @pytest.mark.parametrize(
        ("typed", "field"),
        [({"type": ""}, "type"), ({"title": ""}, "title"), ({"title": "代表13800138000"}, "title"),
         ({"began_on": "2999-01-01"}, "began_on"), ({"began_on": "1900-01-01"}, "began_on"),
         ({"term_ends_on": "2001-01-01"}, "term_ends_on"), ({"term_ends_on": "2201-01-01"}, "term_ends_on"),
         ({"holder": HOLDER, "source": ""}, "source")],
    )  # fmt: skip
    def test_bad_input_is_told_beside_the_field_and_kept(self, cast: Cast, clerk: Client, typed: dict, field: str):
        form = clerk.post(reverse("post_new"), self.NEW | typed).context["form"]
        assert field in form.errors
        assert all(form[name].value() == value for name, value in typed.items())
        assert not PublicPost.objects.exists()

    def test_a_colleagues_edit_is_not_overwritten(self, cast: Cast, clerk: Client):
        post = make_post(by=cast.clerk)
        address = reverse("post_edit", args=[post.pk])
        form = {f.name: f.value() or "" for f in clerk.get(address).context["form"]}
        clerk.post(address, form | {"term": "第五届"})
        met = clerk.post(address, form | {"term": "第六届"})
        assert met.status_code == 409
        assert [(c.old, c.new) for c in met.context["conflict"]] == [("第五届", "第六届")]

    def test_a_term_is_ended_on_a_page_of_its_own(self, cast: Cast, clerk: Client):
        post = make_post(by=cast.clerk, holder=HOLDER, source=SOURCE)
        address = reverse("post_end", args=[post.pk])
        refused = clerk.post(address, {"day": "2019-01-01", "version": "0"})
        assert "day" in refused.context["form"].errors
        clerk.post(address, {"day": "2020-07-01", "version": "0"})
        assert PublicPost.objects.get().ended_on == dt.date(2020, 7, 1)
        again = clerk.get(reverse("post_edit", args=[post.pk]), follow=True)
        assert "不能再修改" in again.content.decode()

    def test_the_list_asks_no_more_however_long_it_is(self, cast: Cast, clerk: Client, django_assert_max_num_queries):
        for number in range(12):
            make_post(by=cast.clerk, title=f"职务{number}")
        clerk.get(reverse("posts"))  # the session's own row is written once
        with django_assert_max_num_queries(6):
            clerk.get(reverse("posts"))


class TestWaiting:
    def test_a_term_within_half_a_year_waits_and_one_beyond_does_not(self, cast: Cast):
        make_post(by=cast.clerk, title="区政协委员", term_ends_on=dt.date(2020, 12, 31))
        make_post(by=cast.clerk, title="区人大代表", term_ends_on=dt.date(2021, 12, 31))
        make_post(by=cast.clerk, title="副校长")
        (task,) = waiting_for(cast.clerk, TODAY)
        assert (task["label"], task["state_label"]) == ("核对任职“区政协委员”", "临近届满")

    def test_several_are_counted_and_a_past_one_makes_them_late(self, cast: Cast):
        make_post(by=cast.clerk, term_ends_on=dt.date(2020, 6, 1))
        make_post(by=cast.clerk, term_ends_on=dt.date(2020, 9, 1))
        (task,) = waiting_for(cast.clerk, TODAY)
        assert (task["label"], task["state_label"]) == ("核对 2 个届满或临近届满的任职", "已届满")

    def test_it_waits_for_those_who_keep_the_register(self, cast: Cast):
        make_post(by=cast.clerk, term_ends_on=dt.date(2020, 6, 1))
        assert [len(waiting_for(user, TODAY)) for user in (cast.clerk, cast.reviewer, cast.signer)] == [1, 1, 0]

    def test_ended_posts_and_those_of_another_town_do_not_wait(self, cast: Cast):
        make_post(by=cast.clerk, term_ends_on=dt.date(2020, 6, 1)).end(dt.date(2020, 6, 1))
        make_post(by=cast.outsider, term_ends_on=dt.date(2020, 6, 1))
        assert waiting_for(cast.clerk, TODAY) == []
