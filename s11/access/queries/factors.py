"""Finding second factors, recovery codes and remembered devices."""

from sqlalchemy import func, select

from s11.access.models import Device, RecoveryCode, SecondFactor
from s11.core import clock
from s11.core.database import db
from s11.people.models import Person


def second_factor_of(person: Person) -> SecondFactor | None:
    return db.session.scalar(
        select(SecondFactor)
        .where(SecondFactor.person_id == person.id)
        .execution_options(populate_existing=True)
    )


def recovery_codes_left(person: Person) -> int:
    """How many recovery codes somebody has not used yet."""
    query = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.person_id == person.id, RecoveryCode.used_at.is_(None)
    )
    return db.session.scalar(query) or 0


def devices_of(person: Person) -> list[Device]:
    """The browsers that are remembered for somebody and still count, the newest first."""
    query = select(Device).where(
        Device.person_id == person.id,
        Device.session_version == person.session_version,
        Device.expires_at > clock.now(),
    )
    return list(db.session.scalars(query.order_by(Device.made_at.desc(), Device.id.desc())))


def device_by_ref(ref: str) -> Device | None:
    return db.session.scalar(select(Device).where(Device.ref == ref))


def device_by_key(key_hash: str, person: Person) -> Device | None:
    """The remembered browser of this key, if it is this person's and still counts."""
    return next((device for device in devices_of(person) if device.key_hash == key_hash), None)
