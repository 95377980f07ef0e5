"""Telling a post from a person: an action belongs to a person, not to a post."""

JOINING = frozenset({"of", "for", "and", "the", "&", "in", "at"})
POSTS = frozenset(
    {
        "adviser", "advisor", "agencies", "agency", "all", "area", "assistant", "assurance", "authority",
        "board", "borough", "business", "care", "chair", "chief", "child", "children", "childrens",
        "city", "clinical", "co-ordinator", "commander", "commissioner", "commissioning", "committee",
        "coordinator", "council", "county", "dcs", "ddl", "deputy", "designated", "detective", "director",
        "district", "doctor", "dsl", "education", "executive", "group", "head", "headteacher", "health",
        "housing", "human", "icb", "inspector", "interim", "lead", "leader", "leads", "lscp", "manager",
        "managers", "named", "nhs", "nurse", "officer", "operational", "operations", "partner",
        "partners", "partnership", "police", "practice", "principal", "probation", "professional",
        "programme", "public", "quality", "resources", "responsible", "safeguarding", "school", "schools",
        "senior", "service", "services", "social", "sro", "strategic", "sub-group", "subgroup",
        "superintendent", "supervisor", "support", "team", "teams", "training", "trust", "vice", "worker",
        "workforce", "youth",
    }
)  # fmt: skip


def is_a_post(name: str) -> bool:
    """Whether what stands where a name should is the name of a post or a body: "Head of Safeguarding"."""
    words = [word.strip(".,()’'").replace("’", "").replace("'", "").casefold() for word in name.split()]
    return bool(words) and (any(word in JOINING for word in words) or all(word in POSTS for word in words))
