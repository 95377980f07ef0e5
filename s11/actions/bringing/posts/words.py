"""Words of posts: what somebody does, what people belong to, what stands in nobody's name."""

import re
from difflib import get_close_matches


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# What somebody does: words that end or begin a post.
ROLES = _set("""
    accountant ad administrator adviser advisor analyst assistant auditor chair chairman chairperson
    champion chief clerk clinician co-ordinator commander commissioner constable consultant
    coordinator councillor dcs deputy designate director doctor dsl educator executive facilitator
    governor gp head headteacher inspector judge lead leader manager member midwife nurse officer
    paediatrician partner physician practitioner principal professional psychiatrist psychologist
    registrar representative reviewer secretary sergeant solicitor specialist superintendent
    supervisor teacher therapist trainer treasurer warden worker
""")
# Several who hold it: "Chairs of Education & Health", where "&" joins what they chair.
SEVERAL = frozenset(f"{role}s" for role in ROLES) | _set("providers")
# What people belong to.
BODIES = _set("""
    academy agencies agency alliance association authority board borough branch care centre centres
    clinic college colleges commissioners committee consortium constabulary council department
    directorate division education executive federation forum foundation group groups health
    hospital hub icb inclusion mash network nhs office organisation organisations panel partner
    partners partnership police practice probation programme school schools sector service services
    subgroup team teams trust trusts unit units university
""")
# Words with capitals that stand in posts and bodies, and in nobody's name.
NOT_NAMES = _set("""
    abuse adult adults all area audit business children childrens clinical commissioned
    commissioning community criminal data designated development digital district domestic early
    every exploitation families family help housing improvement inclusion independent information
    justice learning legal local multi named national neglect operations performance pilot planning
    policy primary project public quality regional residential review risk safeguarding scrutiny
    secondary section senior serious social staff standards strategic strategy support training
    voluntary welfare workforce young youth
""")
LITTLE = _set("of the for and in at to on with a an")
# Near a role in letters, and none.
NO_ROLES = _set("advisory supervisory")
LONG_ENOUGH_FOR_A_SLIP = 6


def words_of(spelling: str) -> list[str]:
    """The telling words of a spelling, in small letters."""
    said = re.sub(r"['’]s?\b", "", spelling.casefold()).replace("co-ordinator", "coordinator")
    words = re.findall(r"\w+", re.sub(r"\badvisor\b", "adviser", said))
    return [word for word in words if word not in LITTLE]


def is_role(word: str) -> bool:
    """Whether a word is what somebody does, or a letter away from it."""
    if word in ROLES:
        return True
    slip = len(word) >= LONG_ENOUGH_FOR_A_SLIP and word not in SEVERAL | NO_ROLES | BODIES
    return slip and bool(get_close_matches(word, ROLES, n=1, cutoff=0.9))


def has_role(words: list[str]) -> bool:
    return any(map(is_role, words))
