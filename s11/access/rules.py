"""What links are for, how long things last, how often something may be tried, what a browser is called."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network
from math import ceil


class Purpose(StrEnum):
    """What a link sent by mail is for."""

    INVITATION = "invitation"
    RESET = "reset"
    ADDRESS = "address"


RESET_LASTS = timedelta(minutes=30)
ADDRESS_LASTS = timedelta(hours=24)
ADDRESS_TAKEN = (
    "Somebody signs in with this address already, so nothing was changed. Ask the partnership office."
)
LINK_SPENT = "This link has been used or taken back, or is too old. Ask for a new one."

# The page asks "Are you still there?" so long before a sign-in ends for want of activity.
WARNING = timedelta(minutes=5)
# A page that is only read does not write each time, so that a sign-in was last seen up to this much later.
SEEN_WITHIN = timedelta(minutes=5)
# How long a browser is known as one in which somebody has signed in before.
KNOWN_FOR = timedelta(days=365)
KNOWN_AT_ONCE = 5  # people who share one browser, on a computer in a school office


@dataclass(frozen=True)
class Allowance:
    """How often something may be tried within any stretch of time of a length."""

    tries: int
    within: timedelta

    def recent(self, moments: Sequence[float], now: datetime) -> list[float]:
        """Those of the moments that still count."""
        return [moment for moment in moments if moment > (now - self.within).timestamp()]

    def wait(self, moments: Sequence[float], now: datetime) -> timedelta:
        """How long until one more is allowed: nothing when it is allowed now."""
        recent = sorted(self.recent(moments, now))
        if len(recent) < self.tries:
            return timedelta(0)
        return timedelta(seconds=recent[-self.tries] - now.timestamp()) + self.within


FIVE_MINUTES = timedelta(minutes=5)
# Wrong passwords: for one account from all browsers that are not known to be its owner's; from one known
# browser; and from one network address, behind which a whole building may sit.
PER_ACCOUNT = Allowance(10, FIVE_MINUTES)
PER_KNOWN_BROWSER = Allowance(10, FIVE_MINUTES)
PER_NETWORK = Allowance(30, FIVE_MINUTES)
# Asking for a link to set a new password: mails to one account, and forms from one network address.
LINKS_PER_ACCOUNT = Allowance(3, timedelta(minutes=15))
LINKS_PER_NETWORK = Allowance(30, timedelta(minutes=15))


def network_of(address: str) -> str:
    """Who is counted as one: an IPv4 address, or the whole IPv6 network that one household or office gets."""
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if known.version == 4:
        return str(known)
    return str(known.ipv4_mapped or ip_network((known, 64), strict=False))


def too_many_guesses(wait: timedelta) -> str:
    """The sentence for too many wrong passwords; it is the same whether the address is known or not."""
    return (
        f"There have been too many tries to sign in. Wait {minutes(wait)} and try again, or choose "
        "“Forgotten your password?”: with a new password you can sign in at once."
    )


def too_many_links(wait: timedelta) -> str:
    """The sentence for too many requests for links from one place."""
    return f"Too many links were asked for from where you are. Wait {minutes(wait)} and try again."


def minutes(wait: timedelta) -> str:
    """A waiting time in words: "1 minute", "5 minutes"."""
    count = max(1, ceil(wait / timedelta(minutes=1)))
    return f"{count} minute{'' if count == 1 else 's'}"


# The first that fits names it: Edge and Opera call themselves Chrome too, and Chrome calls itself Safari.
BROWSERS = (
    (r"\bEdg(e|A|iOS)?/", "Edge"),
    (r"\bOPR/|\bOpera\b", "Opera"),
    (r"\bSamsungBrowser/", "Samsung Internet"),
    (r"\b(Firefox|FxiOS)/", "Firefox"),
    (r"\b(Chrome|Chromium|CriOS)/", "Chrome"),
    (r"\bVersion/[\d.]+ .*Safari/", "Safari"),
)
SYSTEMS = (
    (r"\biPhone\b", "iPhone"),
    (r"\biPad\b", "iPad"),
    (r"\bAndroid\b", "Android"),
    (r"\bWindows\b", "Windows"),
    (r"\bCrOS\b", "Chromebook"),
    (r"\bMac OS X\b|\bMacintosh\b", "Mac"),
    (r"\bLinux\b", "Linux"),
)


def device_words(user_agent: str) -> str:
    """What a browser calls itself, in the words of its owner: "Chrome on Windows"."""
    browser = next((name for pattern, name in BROWSERS if re.search(pattern, user_agent)), "")
    system = next((name for pattern, name in SYSTEMS if re.search(pattern, user_agent)), "")
    if browser and system:
        return f"{browser} on {system}"
    return browser or (f"A browser on {system}" if system else "An unknown browser")
