"""The people of the tests: one town, its colleagues, the district above it, and a neighbour who must see nothing."""

from django.test import Client

from accounts.models import Role, User

from .factories import make_district, make_town, make_user, make_village

PASSWORD = "tests-only-password-1"


class Cast:
    def __init__(self) -> None:
        self.district = make_district()
        self.town = make_town(parent=self.district, code="qingxi", name="清溪镇")
        self.village = make_village(unit=self.town, name="东山村")
        self.other_town = make_town(parent=self.district, code="baishi", name="白石镇")
        self.other_village = make_village(unit=self.other_town, name="西河村")
        self.clerk = make_user(unit=self.town, role=Role.CLERK)
        self.reviewer = make_user(unit=self.town, role=Role.REVIEWER)
        self.signer = make_user(unit=self.town, role=Role.SIGNER)
        self.officer = make_user(unit=self.district, role=Role.DISTRICT)
        self.administrator = make_user(unit=self.district, role=Role.ADMINISTRATOR)
        self.outsider = make_user(unit=self.other_town, role=Role.CLERK, username="other-clerk")

    @property
    def everybody(self) -> list[User]:
        return [self.clerk, self.reviewer, self.signer, self.officer, self.administrator, self.outsider]

    def client(self, user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client
