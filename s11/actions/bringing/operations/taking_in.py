"""What was understood of a brought plan becomes a review, its recommendations and its actions."""

from collections.abc import Iterable, Mapping
from datetime import date

from s11.actions.bringing.keeping import tables_from
from s11.actions.bringing.known import recommendations_of
from s11.actions.bringing.operations.deciding import note, take_turn, understood
from s11.actions.bringing.shapes import (
    Post,
    PrintedTable,
    RowKind,
    UnderstoodPlan,
    UnderstoodRecommendation,
    UnderstoodRow,
)
from s11.actions.models import Action, PlanImport, PlanSource, Recommendation, RecommendationTheme, Update
from s11.actions.operations import Brought, add, source_titled
from s11.actions.rules import NAME_LONGEST, MilestoneDraft, OwnerDraft, Status
from s11.core import clock
from s11.core.database import db
from s11.core.errors import Invalid
from s11.organisations import queries as organisations
from s11.people.models import Person

NUMBER_LONGEST = 20
NOTHING = (
    "No row of this plan is an action or a recommendation. Say what its columns hold, and which rows are "
    "actions."
)


def bring_in(import_: PlanImport, *, by: Person | None, version: int | None = None) -> list[Action]:
    """Take what was understood into the plan: the review, its recommendations, an action for each row of one.

    What is no action stays with the import. Where `version` is given it is the one that was looked at.
    Raises DomainError when it was brought in before, Stale when somebody changed it meanwhile, and Invalid
    where there is nothing to bring in.
    """
    take_turn(import_, import_.version if version is None else version, stage="done", done_at=clock.now())
    plan = understood(import_)
    rows = [row for row in plan.rows if row.kind == RowKind.ACTION]
    if not rows and not plan.recommendations:
        raise Invalid(NOTHING, field="columns")
    source = _source(import_, by)
    recommended = _recommendations(source, plan)
    bringing = _Bringing(import_, source, recommended, plan, by)
    actions = [bringing.action(row) for row in rows]
    note(
        "plan_import:plan:taken_in",
        import_,
        by,
        after={
            "title": source.title,
            "recommendations": len(plan.recommendations),
            "actions": len(actions),
            "rows": len(plan.rows),
        },
    )
    return actions


def _source(import_: PlanImport, by: Person | None) -> PlanSource:
    """The review it belongs to: there before, or put into the plan now."""
    about = import_.about
    if import_.source is None:
        import_.source = source_titled(
            import_.partnership, kind=about["kind"], title=about["title"], at=clock.now(), by=by
        )
    source = import_.source
    if source.dated_on is None and about.get("dated_on"):
        source.dated_on = date.fromisoformat(about["dated_on"])
    return source


def _recommendations(source: PlanSource, plan: UnderstoodPlan) -> dict[str, Recommendation]:
    """The recommendations by their key in the import: those the review has already, and new ones."""
    there = recommendations_of(source)
    by_ref = {one.ref: one for one in there}
    taken: set[int] = set()
    position = max((one.position for one in there), default=0)
    found: dict[str, Recommendation] = {}
    for one in plan.recommendations:
        same = by_ref.get(one.key) or _same(one, (old for old in there if old.id not in taken))
        if same is None:
            position += 1
            same = Recommendation(
                source=source,
                position=position,
                number=one.number[:NUMBER_LONGEST],
                text=one.text,
                finding=one.finding,
                context=one.context,
                response=one.response,
            )
            db.session.add(same)
        else:
            taken.add(same.id)
        _put_under(same, one.themes)
        found[one.key] = same
    db.session.flush()
    return found


def _same(one: UnderstoodRecommendation, there: Iterable[Recommendation]) -> Recommendation | None:
    """The recommendation that a review has already: of the same number, or of the same words."""
    return next(
        (old for old in there if (one.number and old.number == one.number) or old.text == one.text), None
    )


def _put_under(recommendation: Recommendation, themes: Iterable[str]) -> None:
    known = {one.theme for one in recommendation.themes}
    for theme in themes:
        if (kept := theme[:NAME_LONGEST]) not in known:
            known.add(kept)
            recommendation.themes.append(RecommendationTheme(position=len(recommendation.themes), theme=kept))


class _Bringing:
    """Rows become actions of one review."""

    def __init__(
        self,
        import_: PlanImport,
        source: PlanSource,
        recommended: Mapping[str, Recommendation],
        plan: UnderstoodPlan,
        by: Person | None,
    ) -> None:
        self.imported, self.source, self.recommended, self.by = import_, source, recommended, by
        seated = organisations.seated(import_.partnership_id)
        self.organisations = {one.ref: one for one in seated}
        self.printed = _printed(tables_from(import_.tables), plan)

    def action(self, row: UnderstoodRow) -> Action:
        lead = row.owners[0] if row.owners else Post("")
        answers = [self.recommended[key] for key in row.answers if key in self.recommended]
        action = add(
            self.imported.partnership,
            self.organisations.get(lead.organisation_ref),
            source=self.source.kind,
            plan_source=self.source,
            answers=answers,
            text=row.text or _without_words(row),
            outcome=row.outcome,
            evidence_expected=row.evidence,
            mechanism=row.mechanism,
            resources=row.resources,
            priority=row.priority,
            theme=_theme_besides(row, answers),
            owner_name=lead.name,
            owner_role=lead.role,
            owners=[self._owner(post) for post in row.owners[1:]],
            due_on=row.due_on,
            milestones=[MilestoneDraft(step.text or f"By {step.printed}", step.due_on) for step in row.steps],
            brought=Brought(self.imported, row.row, self.printed[row.row]),
            by=self.by,
        )
        self._say_progress(action, row)
        return action

    def _owner(self, post: Post) -> OwnerDraft:
        organisation = self.organisations.get(post.organisation_ref)
        return OwnerDraft(post.name, post.role, organisation.id if organisation else None)

    def _say_progress(self, action: Action, row: UnderstoodRow) -> None:
        """How it stood when it was brought, in the words of the plan."""
        status = Status(row.status) if row.status else Status.NOT_STARTED
        words = row.progress or (row.due_printed if status == Status.COMPLETE else "")
        if status == Status.NOT_STARTED and not words:
            return
        now = clock.now()
        action.status, action.last_said_at = status, now
        if status == Status.COMPLETE:
            action.completed_at = now
        db.session.add(
            Update(
                action_id=action.id,
                at=now,
                person_id=self.by.id if self.by else None,
                person_name=self.by.name if self.by else "System",
                status=status,
                text=words or "So it stood in the plan that was brought in.",
            )
        )


def _theme_besides(row: UnderstoodRow, answers: Iterable[Recommendation]) -> str:
    """The theme of an action that none of the recommendations it answers comes under."""
    under = {theme.theme for one in answers for theme in one.themes}
    return next((theme for theme in row.themes if theme[:NAME_LONGEST] not in under), "")


def _without_words(row: UnderstoodRow) -> str:
    answers = f", for {', '.join(row.numbers)}," if row.numbers else ""
    return f"To be written: row {row.row} of the plan{answers} does not say what is done."


def _printed(tables: Iterable[PrintedTable], plan: UnderstoodPlan) -> dict[int, dict[str, str]]:
    """Each row as printed, by headings, with the rows that go on with it below it."""
    found: dict[int, dict[str, str]] = {}
    for table in tables:
        names = _names(table)
        for row in table.rows:
            found[row.number] = {name: cell for name, cell in zip(names, row.cells, strict=False) if cell}
    for more in plan.rows:
        if more.continues is not None:
            above = found[more.continues]
            for name, cell in found[more.row].items():
                if cell not in above.get(name, "").split("\n"):
                    above[name] = f"{above.get(name, '')}\n{cell}".strip()
    return found


def _names(table: PrintedTable) -> list[str]:
    """What the columns of a table are called, each by another name."""
    names: list[str] = []
    for column in range(table.width):
        heading = table.headings[column] if column < len(table.headings) else ""
        name = " ".join(heading.split()) or f"Column {column + 1}"
        names.append(name if name not in names else f"{name} ({column + 1})")
    return names
