"""The demonstration from beginning to end, in one unit of work: it is there whole, or not at all."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, datetime

from flask import current_app

from s11.actions import queries as action_queries
from s11.core import clock
from s11.core.database import unit_of_work
from s11.core.errors import DomainError
from s11.core.storage import files
from s11.notices import operations as notices
from s11.notices import queries as notice_queries
from s11.notices.rules import Bounce
from s11.organisations import queries as organisation_queries
from s11.organisations.models import Partnership
from s11.questionnaires.models import Edition
from s11.returns.rules import RETURNED, Stage
from s11.seeding import moderating, plan, registering
from s11.seeding.answering import play
from s11.seeding.asking import Round, load_editions, open_cycle
from s11.seeding.carrying import take_over
from s11.seeding.chasing import chase
from s11.seeding.documents import Press
from s11.seeding.drafts import Draft
from s11.seeding.following import Following
from s11.seeding.founding import Cast, found
from s11.seeding.material import Body, Individual, Material, read
from s11.seeding.plan import THIS_YEAR, CyclePlan
from s11.seeding.proving import Archive
from s11.seeding.requesting import ask_for_evidence
from s11.seeding.reviewing import Reviewing
from s11.seeding.scene import Scene
from s11.trail import operations as trail
from s11.trail import queries as trail_queries

MARK = "partnership:demo:seeded"
CHALLENGED = ("S11", THIS_YEAR - 1)
HALF_MODERATED = "childrens-services"
OUTBOX = 100_000
STILL_OPEN = 2  # promises of an agency that were made last year and not kept yet

Say = Callable[[str], None]


@dataclass(frozen=True)
class Size:
    """How much the demonstration holds."""

    organisations: int
    people: int
    cycles: int
    returns: int
    documents: int
    actions: int


@dataclass(frozen=True)
class Shown:
    """A demonstration person as printed: enough to sign in."""

    address: str
    password: str
    role: str
    organisation: str


def prepare(say: Say) -> tuple[Size, bool]:
    """Load the demonstration unless it is here, and say how large it is and whether it was made just now.

    Raises DomainError where the database belongs to somebody else.
    """
    material = read()
    here = size_here(material)
    if here is not None:
        return here, False
    return make(material, say), True


def size_here(material: Material) -> Size | None:
    """What an earlier run left in the trail when it was through, or None."""
    partnership = organisation_queries.partnership_by_code(material.code)
    if partnership is None:
        return None
    for entry in trail_queries.of("partnership", partnership.id):
        if entry.tag == MARK and entry.after:
            return Size(**entry.after)
    return None


def refuse_a_database_in_use() -> None:
    """Invented people do not move in with real ones."""
    known = organisation_queries.partnerships()
    if known:
        raise DomainError(
            f"This database belongs to {known[0].name}, so the demonstration is not loaded into it. "
            "Set S11_DATA to an empty folder, or S11_DATABASE_URL to an empty database, and run this again."
        )


def make(material: Material, say: Say) -> Size:
    """Everything, from the founding to today."""
    now, today = clock.now(), clock.today()
    archive = Archive(material, Press(material.folder))
    with kept_only_if_finished(archive), unit_of_work():
        refuse_a_database_in_use()  # asked here, where nobody else can be founding one at the same time
        say("Questionnaires, organisations and people")
        editions = load_editions()
        cast = found(material, today=today, now=now)
        making = Making(cast, material, archive, editions, today=today, now=now)
        for asking in plan.cycles(material, today):
            say(asking.title)
            making.run(asking)
        making.following.bring_in_actions()
        Reviewing(cast, material, today=today, now=now).bring_in()
        ask_for_evidence(cast, material, today=today, now=now)
        registering.history(cast.partnership, cast.organisations, material.register)
        count_as_sent(making.unreached())
        size = making.size()
        whose = cast.partnership.id
        trail.record(MARK, whose, by=None, partnership_id=whose, after=asdict(size))
    return size


class Making:
    """The demonstration while it is made."""

    def __init__(
        self,
        cast: Cast,
        material: Material,
        archive: Archive,
        editions: dict[str, Edition],
        *,
        today: date,
        now: datetime,
    ) -> None:
        self.cast = cast
        self.material = material
        self.archive = archive
        self.editions = editions
        self.today = today
        self.now = now
        self.following = Following(cast, material, today=today, now=now)
        self.rounds: list[Round] = []

    def run(self, asking: CyclePlan) -> None:
        """One cycle: asked, answered, moderated, challenged, closed, as far as it has come."""
        in_hand = open_cycle(self.cast, self.material, asking, self.editions[asking.code], now=self.now)
        self.rounds.append(in_hand)
        scenes = [
            Scene(self.cast, self.material, in_hand, self.archive, fate, self.now)
            for fate in plan.fates(self.material, asking, self.today)
        ]
        played = [(scene, self._play(scene)) for scene in scenes]
        if asking.framework == "S11" and asking.is_current:
            rest = [(scene, drafted) for scene, drafted in played if scene.body.key != HALF_MODERATED]
            moderating.give_out(rest, today=self.today)
            moderating.reply(rest, today=self.today)
        if (asking.framework, asking.year) == CHALLENGED:
            self.following.hold_day(in_hand)
        if asking.framework == "S11" and asking.is_current:
            self.following.plan_day(in_hand)
        moderating.close(scenes)
        if asking.is_current:
            chase(self.cast, in_hand, today=self.today, now=self.now)

    def _play(self, scene: Scene) -> list[Draft]:
        drafted = play(scene)
        if scene.plan.is_current:
            take_over(scene)
        if scene.fate.moderated:
            moderating.moderate(scene, drafted)
        elif scene.plan.is_current and scene.body.key == HALF_MODERATED:
            moderating.begin_to_moderate(scene, drafted)
        if self._promises(scene):
            some = None if scene.plan.is_current else STILL_OPEN
            self.following.promise(scene, [draft for draft in drafted if draft.is_worst][:some])
        return drafted

    def _promises(self, scene: Scene) -> bool:
        """This year's agencies promise something where they are weakest. Those that are still at work on
        this year's return did so last year, and are asked what became of it."""
        is_in = Stage(scene.return_.stage) in RETURNED
        at_work = self.material.story["standing"]["S11"][Stage.IN_PROGRESS]
        last_year = scene.plan.year == THIS_YEAR - 1 and scene.body.key in at_work
        return is_in and scene.plan.framework == "S11" and (scene.plan.is_current or last_year)

    def unreached(self) -> set[tuple[str, int]]:
        """One school that has not begun: its mail came back, and nobody there knows of this year's audit."""
        found = set()
        for in_hand in self.rounds:
            if in_hand.plan.is_current and in_hand.plan.framework == "S175":
                idle = [r for r in in_hand.returns.values() if Stage(r.stage) is Stage.NOT_STARTED]
                found |= {(in_hand.cycle.ref, return_.organisation_id) for return_ in idle[:1]}
        return found

    def size(self) -> Size:
        partnership: Partnership = self.cast.partnership
        return Size(
            organisations=len(self.cast.organisations),
            people=len(self.cast.people),
            cycles=len(self.rounds),
            returns=sum(len(in_hand.returns) for in_hand in self.rounds),
            documents=len(set(self.archive.keys)),
            actions=len(action_queries.of_partnership(partnership.id)),
        )


@contextmanager
def kept_only_if_finished(archive: Archive) -> Iterator[None]:
    """The database forgets what was not finished; the files have to be taken away by hand."""
    try:
        yield
    except BaseException:
        for key in archive.keys:
            files().delete(key)
        raise


def count_as_sent(unreached: Collection[tuple[str, int]]) -> None:
    """Mail to invented people stays here: each counts as sent when it was written.

    To those `unreached`, by cycle and organisation, what asks and reminds comes back.
    """
    for notice in notice_queries.waiting(at_most=OUTBOX):
        with clock.pretend(notice.queued_at):
            notices.mark_sent(notice)
        if (notice.about, notice.organisation_id) in unreached:
            notice.bounced_at, notice.bounce = notice.queued_at, Bounce.HARD
            notice.bounce_said = "550 5.1.1 There is no such mailbox here."


def people() -> list[Shown]:
    """Who can sign in: the Board, everybody of the agencies, and some schools and settings."""
    material = read()
    shown = material.story["shown"]
    bodies = [
        *material.answering("S11"),
        *(material.by_key[key] for key in shown["schools"]),
        *(material.by_key[key] for key in shown["early_years"]),
    ]
    password = current_app.config["S11"].demo_password.get_secret_value()
    board: str = material.partnership["partnership"]["name"]
    return [
        *(_shown(individual, password, board) for individual in material.board),
        _shown(material.administrator, password, "This installation"),
        *(_shown(one, password, trust.name) for trust in material.trusts for one in trust.people),
        *(_shown(individual, password, body.name) for body in bodies for individual in _leads_first(body)),
    ]


def _leads_first(body: Body) -> list[Individual]:
    order = ("lead", "signatory", "deputy", "contributor")
    return sorted(body.people, key=lambda individual: order.index(individual.role))


def _shown(individual: Individual, password: str, organisation: str) -> Shown:
    return Shown(individual.email, password, individual.shown_as, organisation)
