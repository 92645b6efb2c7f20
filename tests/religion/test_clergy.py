"""教职人员: a number for everybody; names only where their register was turned on, for those it permits, every reading noted."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEvent
from religion.models import ClergyPost, ClergyReader, ImpactAssessment
from tests.cast import Cast
from tests.factories import DAY, make_user, make_venue
from workplans.models import Conflict

NAME = "备案的姓名"
LAST_DAY = DAY.replace(year=2021)
ASSESSMENT = {
    "day": "2020-03-16", "purpose": "核对备案公示。", "impact": "外传会打扰本人。", "protection": "只由专人查看。",
    "document": "镇党委会议纪要〔2020〕3号",
}  # fmt: skip


@pytest.fixture
def venue(cast: Cast):
    return make_venue(by=cast.clerk, clergy_count=3, clergy_checked_on=DAY)


@pytest.fixture
def assessment(cast: Cast) -> ImpactAssessment:
    return ImpactAssessment.objects.create(unit=cast.town, created_by=cast.signer, **ASSESSMENT)


@pytest.fixture
def reader(cast: Cast, assessment):
    """The clerk, permitted to read the names."""
    ClergyReader.objects.grant(cast.clerk, cast.signer)
    return cast.client(cast.clerk)


@pytest.fixture
def post(cast: Cast, venue) -> ClergyPost:
    return ClergyPost.objects.create(
        unit=cast.town, venue=venue, post="abbot", name=NAME, filed_on=DAY, source="区级公示名录", created_by=cast.clerk
    )


def typed(venue, **changes):
    return {
        "venue": venue.pk, "post": "abbot", "name": NAME, "filed_on": "2020-03-16", "left_on": "", "source": "区级公示名录",
        "version": 0, **changes,
    }  # fmt: skip


def noted(cast: Cast):
    events = AuditEvent.objects.of_unit(cast.town).about(AuditEvent.Action.NAMES, AuditEvent.Action.PERMIT)
    return [(event.user, event.action, event.detail) for event in events.order_by("pk")]


# ── numbers, for everybody ──


def test_the_page_tells_how_many_at_each_venue_and_when_that_was_checked(clerk, venue):
    page = clerk.get(reverse("clergy"))
    assert (page.context["total"], "2020-03-16" in page.content.decode()) == (3, True)


def test_a_district_reads_its_towns_numbers_and_nothing_of_the_register(district, venue, assessment, post):
    page = district.get(reverse("clergy"))
    assert (page.context["total"], page.context["mine"], page.context["readings"]) == (3, False, [])
    assert NAME not in page.content.decode()


# ── the register is off ──


@pytest.mark.parametrize("who", ["clerk", "reviewer", "signer", "officer", "outsider"])
def test_without_an_assessment_nobody_opens_the_names_and_nothing_is_noted(cast: Cast, venue, post, who):
    client = cast.client(getattr(cast, who))
    for address in ("clergy_names", "clergy_name_new"):
        answer = client.get(reverse(address))
        assert (answer.status_code, NAME in answer.content.decode()) == (403, False)
    assert client.get(reverse("clergy_name_edit", args=[post.pk])).status_code == 403
    assert noted(cast) == []


def test_a_permission_alone_opens_nothing(cast: Cast, clerk, post):
    ClergyReader.objects.grant(cast.clerk, cast.signer)
    assert clerk.get(reverse("clergy_names")).status_code == 403


def test_permissions_cannot_be_given_while_it_is_off(cast: Cast, signer):
    answer = signer.post(reverse("clergy_readers"), {"readers": [cast.clerk.pk]}, follow=True)
    assert ("教职名册没有启用。" in answer.content.decode(), ClergyReader.objects.count()) == (True, 0)


# ── turning it on ──


def test_the_signer_turns_it_on_by_writing_the_assessment(cast: Cast, signer):
    answer = signer.post(reverse("assessment_new"), ASSESSMENT)
    assert (answer.status_code, answer.url) == (302, reverse("clergy"))
    found = ImpactAssessment.objects.get()
    assert (found.unit, found.purpose, found.ended_on) == (cast.town, "核对备案公示。", None)
    assert noted(cast) == [(cast.signer, "permit", "启用：镇党委会议纪要〔2020〕3号")]


@pytest.mark.parametrize("left_out", ["purpose", "impact", "protection", "document", "day"])
def test_an_assessment_without_one_of_its_parts_turns_on_nothing(signer, left_out):
    answer = signer.post(reverse("assessment_new"), ASSESSMENT | {left_out: ""})
    assert list(answer.context["form"].errors) == [left_out]
    assert (ImpactAssessment.objects.count(), AuditEvent.objects.filter(action="permit").count()) == (0, 0)


def test_a_unit_has_one_assessment_in_force(cast: Cast, signer, assessment):
    answer = signer.post(reverse("assessment_new"), ASSESSMENT | {"purpose": "另写一份。"}, follow=True)
    assert ("教职名册已经启用。" in answer.content.decode(), ImpactAssessment.objects.count()) == (True, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        ImpactAssessment.objects.create(unit=cast.town, created_by=cast.signer, **ASSESSMENT)


@pytest.mark.parametrize("who", ["clerk", "reviewer", "officer", "administrator"])
def test_nobody_but_the_signer_turns_it_on_or_off_or_gives_permission(cast: Cast, who):
    client = cast.client(getattr(cast, who))
    for address in ("assessment_new", "assessment_end", "clergy_readers"):
        assert client.post(reverse(address), ASSESSMENT).status_code == 403


# ── who may read ──


def test_the_signer_permits_writers_of_the_unit_one_by_one_and_takes_it_back(cast: Cast, signer, assessment):
    page = reverse("clergy_readers")
    offered = signer.get(page).context["form"].fields["readers"].choices
    assert [pk for pk, _name in offered] == [str(cast.clerk.pk), str(cast.reviewer.pk)]
    signer.post(page, {"readers": [cast.clerk.pk]})
    assert [each.user for each in ClergyReader.objects.all()] == [cast.clerk]
    signer.post(page, {"readers": [cast.reviewer.pk]})
    assert [each.user for each in ClergyReader.objects.all()] == [cast.reviewer]
    assert [detail for _user, _action, detail in noted(cast)] == [
        f"允许查看：{cast.clerk.name}", f"允许查看：{cast.reviewer.name}", f"收回查看：{cast.clerk.name}",
    ]  # fmt: skip


def test_another_towns_people_cannot_be_permitted(cast: Cast, signer, assessment):
    answer = signer.post(reverse("clergy_readers"), {"readers": [cast.outsider.pk]})
    assert (list(answer.context["form"].errors), ClergyReader.objects.count()) == (["readers"], 0)


def test_those_who_are_not_permitted_read_why(reviewer, reader, post):
    answer = reviewer.get(reverse("clergy_names"))
    assert (answer.status_code, NAME in answer.content.decode()) == (403, False)
    assert "请向本单位签发人说明用途" in answer.content.decode()


def test_somebody_who_was_permitted_and_moved_to_another_unit_reads_nothing(cast: Cast, reader, post):
    cast.clerk.unit = cast.other_town
    cast.clerk.save()
    assert reader.get(reverse("clergy_names")).status_code == 403


# ── reading and keeping ──


def test_every_reading_is_noted_without_the_name(cast: Cast, reader, post):
    assert NAME in reader.get(reverse("clergy_names")).content.decode()
    assert NAME in reader.get(reverse("clergy_name_edit", args=[post.pk])).content.decode()
    assert noted(cast) == [
        (cast.clerk, "names", "查看名册，1 条"), (cast.clerk, "names", f"打开第 {post.pk} 条"),
    ]  # fmt: skip


def test_the_names_are_kept_in_no_cache(reader, post):
    for address in (reverse("clergy_names"), reverse("clergy_name_edit", args=[post.pk])):
        assert "no-store" in reader.get(address).headers["Cache-Control"]


def test_a_post_is_entered_once_and_noted(cast: Cast, reader, venue):
    form = typed(venue, token=str(uuid.uuid4()))
    for _time in range(2):
        assert reader.post(reverse("clergy_name_new"), form).url == reverse("clergy_names")
    entered = ClergyPost.objects.get()
    assert (entered.unit, entered.venue, entered.name, entered.source) == (cast.town, venue, NAME, "区级公示名录")
    assert noted(cast)[0] == (cast.clerk, "names", f"登记第 {entered.pk} 条")


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"source": ""}, {"source": ["这个字段是必填项。"]}),
        ({"filed_on": "2999-01-01"}, {"filed_on": ["日期不能晚于今天。"]}),
        ({"left_on": "2020-03-15"}, {"__all__": ["离任日期不能早于任职备案日期。"]}),
        ({"name": "110101199003070011"}, {"name": ["这里含有身份证号。本系统不保存个人证件号码，请删去后再保存。"]}),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_stored(reader, venue, changes, errors):
    answer = reader.post(reverse("clergy_name_new"), typed(venue, **changes))
    assert ({k: list(v) for k, v in answer.context["form"].errors.items()}, ClergyPost.objects.count()) == (errors, 0)


def test_another_towns_venue_cannot_be_chosen_and_its_posts_are_not_there(cast: Cast, reader, post):
    elsewhere = make_venue(by=cast.outsider, name="白石寺")
    theirs = ClergyPost.objects.create(
        unit=cast.other_town, venue=elsewhere, post="abbot", name="别处的姓名", filed_on=DAY, source="名录",
        created_by=cast.outsider,
    )  # fmt: skip
    assert list(reader.post(reverse("clergy_name_new"), typed(elsewhere)).context["form"].errors) == ["venue"]
    assert reader.get(reverse("clergy_name_edit", args=[theirs.pk])).status_code == 404
    assert "别处的姓名" not in reader.get(reverse("clergy_names")).content.decode()


def test_the_leaving_day_is_written_by_an_edit(cast: Cast, reader, venue, post):
    reader.post(reverse("clergy_name_edit", args=[post.pk]), typed(venue, left_on="2021-03-16"))
    post.refresh_from_db()
    assert (post.left_on, post.version) == (LAST_DAY, 1)
    assert noted(cast)[-1] == (cast.clerk, "names", f"修改第 {post.pk} 条")


def test_two_edits_at_once_are_shown_to_the_second(cast: Cast, reader, venue, post):
    ClergyReader.objects.grant(cast.reviewer, cast.signer)
    page = reverse("clergy_name_edit", args=[post.pk])
    cast.client(cast.reviewer).post(page, typed(venue, source="新的名录"))
    answer = reader.post(page, typed(venue, source="别的名录"))
    assert (answer.status_code, [(c.old, c.new) for c in answer.context["conflict"]]) == (
        409,
        [("新的名录", "别的名录")],
    )
    assert answer.context["form"]["source"].value() == "别的名录"


# ── turning it off ──


def test_turning_it_off_deletes_the_names_and_takes_every_permission_back(cast: Cast, signer, reader, post, assessment):
    assert signer.get(reverse("assessment_end")).status_code == 200
    assert ClergyPost.objects.count() == 1  # asked first
    signer.post(reverse("assessment_end"))
    assert (ClergyPost.objects.count(), ClergyReader.objects.count()) == (0, 0)
    assert reader.get(reverse("clergy_names")).status_code == 403
    assert noted(cast)[-1] == (cast.signer, "permit", "停用")
    assert ImpactAssessment.objects.get().ended_on is not None


def test_turned_on_again_it_is_empty_and_permits_nobody(cast: Cast, signer, reader, post, assessment):
    signer.post(reverse("assessment_end"))
    signer.post(reverse("assessment_new"), ASSESSMENT)
    assert ImpactAssessment.objects.in_force().count() == 1
    assert reader.get(reverse("clergy_names")).status_code == 403


def test_an_end_leaves_other_towns_as_they_are(cast: Cast, assessment, post):
    elsewhere = ImpactAssessment.objects.create(unit=cast.other_town, created_by=cast.outsider, **ASSESSMENT)
    theirs = make_user(unit=cast.other_town, role="reviewer", username="their-reviewer")
    ClergyReader.objects.grant(theirs, cast.outsider)
    assessment.end(DAY)
    assert (ClergyReader.objects.lets(theirs), elsewhere.ended_on) == (True, None)


def test_it_ends_once(assessment):
    ImpactAssessment.objects.get().end(DAY)
    with pytest.raises(Conflict):
        assessment.end(DAY)


# ── names never leave ──


def test_no_other_page_of_the_town_tells_a_name(cast: Cast, reader, signer, venue, post):
    pages = [reverse("clergy"), reverse("venues"), reverse("venue", args=[venue.pk]), "/areas/religion/",
             "/figures/clergy/?period=2020H1", reverse("home"), reverse("ledger")]  # fmt: skip
    assert {page: NAME in reader.get(page).content.decode() for page in pages} == dict.fromkeys(pages, False)
    assert NAME not in signer.get(reverse("clergy")).content.decode()
