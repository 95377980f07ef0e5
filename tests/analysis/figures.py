"""Small tables of ratings in words, as `frames.ratings` would give them."""

import pandas as pd

from s11.questionnaires.rules import LevelContent

GREEN = LevelContent(1, "green", "Green", "G", 3, 3, "green", "", True)
AMBER = LevelContent(2, "amber", "Amber", "A", 2, 2, "amber", "", True)
RED = LevelContent(3, "red", "Red", "R", 1, 1, "red", "", True)
LEVELS = (GREEN, AMBER, RED)
CODES = {"G": "green", "A": "amber", "R": "red", "N": "not_applicable", "-": ""}
ORDERS = {"G": 3, "A": 2, "R": 1}


def a_frame(rows: dict[str, dict[str, str]], *, evidence: int = 1) -> pd.DataFrame:
    """Ratings by organisation and standard: `{"Police": {"1": "G G*", "2": "A -"}}`; "*": no evidence."""
    lines = []
    for return_id, (name, standards) in enumerate(rows.items(), start=1):
        for standard, words in standards.items():
            for place, word in enumerate(words.split(), start=1):
                letter = word[0]
                lines.append(
                    {
                        "return_id": return_id,
                        "organisation": name,
                        "short_name": name.split()[0],
                        "phase": "",
                        "return_ref": name.lower(),
                        "kind": "school" if "School" in name else "police",
                        "standard": standard,
                        "criterion": f"{standard}.{place}",
                        "rating": CODES[letter],
                        "label": CODES[letter].capitalize(),
                        "order": ORDERS.get(letter, 0),
                        "counts": letter in ORDERS,
                        "best": letter == "G",
                        "evidence": 0 if word.endswith("*") else evidence,
                    }
                )
    frame = pd.DataFrame(lines)
    for name in ("organisation", "short_name", "return_ref", "kind", "standard", "criterion"):
        frame[name] = pd.Categorical(frame[name], categories=list(dict.fromkeys(frame[name])))
    return frame
