"""How many files a return may show, and how large they may be together."""

from dataclasses import dataclass

FILES_AT_MOST = 100
MEGABYTES_AT_MOST = 500
MEGABYTE = 1024 * 1024
INSTEAD = "Add a link, or say where it can be seen."
NO_FILES = f"No files are asked for in this self-assessment. {INSTEAD}"


@dataclass(frozen=True)
class Held:
    """What a return shows already: how many files, of how many bytes."""

    files: int = 0
    size: int = 0

    def with_one(self, size: int) -> "Held":
        return Held(self.files + 1, self.size + size)


@dataclass(frozen=True)
class Limits:
    """What a return may show: the office's rules for its cycle, else the service's own."""

    takes_files: bool
    files: int
    megabytes: int

    @classmethod
    def of(cls, takes_files: bool, files: int | None, megabytes: int | None) -> "Limits":
        return cls(takes_files, files or FILES_AT_MOST, megabytes or MEGABYTES_AT_MOST)

    def said(self, held: Held) -> str:
        """What a return may still show, told to whoever is about to add; empty while nobody comes near it."""
        own = (self.files, self.megabytes) != (FILES_AT_MOST, MEGABYTES_AT_MOST)
        near = held.files * 2 > self.files or held.size * 2 > self.megabytes * MEGABYTE
        if not own and not near:
            return ""
        megabytes = -(-held.size // MEGABYTE)
        return (
            f"This return shows {held.files} of at most {self.files} files, "
            f"with {megabytes} of at most {self.megabytes} MB together."
        )

    def refusal(self, held: Held, size: int) -> str:
        """Why one more file of a size is not taken, and what to do instead; empty where it is."""
        if not self.takes_files:
            return NO_FILES
        if held.files >= self.files:
            return (
                f"This return shows {held.files} files already, and no more than {self.files} are taken. "
                f"Take off one that shows least. Or: {INSTEAD[0].lower()}{INSTEAD[1:]}"
            )
        if held.size + size > self.megabytes * MEGABYTE:
            return (
                f"The files of this return may have {self.megabytes} MB together, and this one would go "
                f"beyond that. Make it smaller, or take one off. Or: {INSTEAD[0].lower()}{INSTEAD[1:]}"
            )
        return ""
