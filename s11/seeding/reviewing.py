"""A practice review in the plan: its recommendations, and how its actions went."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from s11.actions import operations as actions
from s11.actions import queries
from s11.actions.models import Action, PlanSource, Recommendation
from s11.actions.operations import RecommendationDetails, SourceDetails
from s11.actions.rules import MilestoneDraft, OwnerDraft, PastedRecommendation
from s11.people import queries as people
from s11.people.models import Person
from s11.people.rules import Role
from s11.seeding.founding import Cast
from s11.seeding.material import Material
from s11.seeding.moments import at, working_day

Told = Mapping[str, Any]


class Reviewing:
    """Puts the review of `seeds/demo/review.yaml` into the plan and lets its stories happen, in order."""

    def __init__(self, cast: Cast, material: Material, *, today: date, now: datetime) -> None:
        self.cast, self.material, self.today, self.now = cast, material, today, now
        self.office, self.chair = cast.on_board(Role.OFFICE), cast.on_board(Role.CHAIR)
        self.made: dict[str, Action] = {}

    def bring_in(self) -> None:
        """The review, its actions in the order they were agreed, and every story in the order of its days."""
        told = self.material.review
        with at(self._ago(told["dated_days_ago"]), of=told["title"], latest=self.now):
            source = actions.add_source(
                self.cast.partnership,
                kind=told["kind"],
                title=told["title"],
                public_title=told["public_title"],
                dated_on=self.today - timedelta(days=told["dated_days_ago"]),
                summary=told["summary"],
                how_many=told["how_many"],
                by=self.office,
            )
            listed = self._recommend(source, told["recommendations"])
        happenings = [(one["agreed_days_ago"], "", one, one) for one in told["actions"]]
        happenings += [
            (step["reached_days_ago"], "reach", one, step)
            for one in told["actions"]
            for step in one.get("steps", ())
            if "reached_days_ago" in step
        ]
        happenings += [
            (said["days_ago"], said["what"], one, said) for one in told["actions"] for said in one["story"]
        ]
        for days_ago, what, one, said in sorted(happenings, key=lambda happening: -happening[0]):
            with at(self._ago(days_ago), of=f"review {one['key']} {days_ago}", latest=self.now):
                if what:
                    TELLING[what](self, self.made[one["key"]], said)
                else:
                    self.made[one["key"]] = self._agree(source, listed, one)

        for other in told["others"]:
            self._describe(other)

    def _describe(self, told: Told) -> None:
        """Of a review whose actions are there already, its day and what the public reads for its title."""
        source = next(one for one in queries.sources_visible_to(self.office) if one.title == told["title"])
        details = SourceDetails(
            kind=source.kind,
            title=source.title,
            public_title=told["public_title"],
            dated_on=self.today - timedelta(days=told["dated_days_ago"]),
            organisation=source.organisation,
            summary=source.summary,
            how_many=source.how_many,
        )
        actions.change_source(source, details, version=source.version, by=self.office)

    def _ago(self, days: int) -> date:
        return working_day(self.today - timedelta(days=days))

    def _recommend(self, source: PlanSource, told: list[Told]) -> list[Recommendation]:
        pasted = [PastedRecommendation(one["number"], one["text"]) for one in told]
        listed = actions.add_recommendations(source, pasted, by=self.office)
        for recommendation, one in zip(listed, told, strict=True):
            details = RecommendationDetails(
                number=one["number"],
                text=one["text"],
                themes=one.get("themes", ()),
                finding=one.get("finding", ""),
                context=one.get("context", ""),
                practice_standard=one.get("practice_standard", ""),
                response=one.get("response", ""),
                tests=one.get("tests", ()),
            )
            actions.change_recommendation(
                recommendation, details, version=recommendation.version, by=self.office
            )
        return listed

    def _agree(self, source: PlanSource, listed: list[Recommendation], told: Told) -> Action:
        wanted = told["answers"]
        answered = [one for one in listed if wanted == "all" or one.number in wanted]
        place = self.cast.organisations
        return actions.add(
            self.cast.partnership,
            place[told["agency"]] if "agency" in told else None,
            source=source.kind,
            plan_source=source,
            answers=answered if wanted == "all" else _first_of_each(answered),
            text=told["text"],
            outcome=told["outcome"],
            evidence_expected=told["evidence"],
            mechanism=told["mechanism"],
            priority=told.get("priority", ""),
            resources=told.get("resources", ""),
            contingency=told.get("contingency", ""),
            owner_name=told["owner_name"],
            owner_role=told["owner_role"],
            owners=[
                OwnerDraft(other["name"], other["role"], place[other["agency"]].id)
                for other in told.get("further", ())
            ],
            milestones=[
                MilestoneDraft(step["text"], self.today + timedelta(days=step["due_days_from_today"]))
                for step in told.get("steps", ())
            ],
            due_on=self.today + timedelta(days=told["due_days_from_today"]),
            by=self.office,
        )

    def _by(self, action: Action, told: Told) -> Person:
        """Who said it: the office or the chair where one is named, else whoever leads it."""
        if "who" in told:
            return {"office": self.office, "chair": self.chair}[told["who"]]
        if action.owner_id is not None and (owner := people.by_id(action.owner_id)) is not None:
            return owner
        return self.office

    def _day(self, told: Told) -> date | None:
        days = told.get("due_days_from_today")
        return self.today + timedelta(days=days) if days is not None else None

    def _update(self, action: Action, told: Told) -> None:
        actions.update(
            action,
            status=told["status"],
            text=told["text"],
            due_on=self._day(told),
            reason=told.get("reason", ""),
            seen_at=told.get("seen_at", ""),
            by=self._by(action, told),
            version=action.version,
        )

    def _comment(self, action: Action, told: Told) -> None:
        actions.comment(action, told["text"], by=self._by(action, told))

    def _reach(self, action: Action, told: Told) -> None:
        step = next(one for one in action.milestones if one.text == told["text"])
        done_on = self._ago(told["reached_days_ago"])
        actions.reach(action, step, done_on=done_on, by=self._by(action, {}))

    def _accept(self, action: Action, told: Told) -> None:
        actions.accept(action, reason=told["text"], by=self._by(action, told), version=action.version)

    def _return(self, action: Action, told: Told) -> None:
        by, day = self._by(action, told), self._day(told)
        actions.give_back(action, missing=told["text"], due_on=day, by=by, version=action.version)

    def _answer(self, action: Action, told: Told) -> None:
        actions.answer(
            action,
            difference=told["difference"],
            what=told["text"],
            known_by=told.get("known_by", ""),
            by=self._by(action, told),
            version=action.version,
        )

    def _close(self, action: Action, told: Told) -> None:
        actions.close(action, reason=told["text"], by=self._by(action, told), version=action.version)

    def _supersede(self, action: Action, told: Told) -> None:
        other, by = self.made[told["by"]], self._by(action, told)
        actions.supersede(action, other, reason=told["text"], by=by, version=action.version)


TELLING: Mapping[str, Callable[[Reviewing, Action, Told], None]] = {
    "update": Reviewing._update,
    "comment": Reviewing._comment,
    "reach": Reviewing._reach,
    "accept": Reviewing._accept,
    "return": Reviewing._return,
    "answer": Reviewing._answer,
    "close": Reviewing._close,
    "supersede": Reviewing._supersede,
}


def _first_of_each(listed: list[Recommendation]) -> list[Recommendation]:
    """Of two that were printed with one number, the first."""
    found: dict[str, Recommendation] = {}
    for one in listed:
        found.setdefault(one.number, one)
    return list(found.values())
