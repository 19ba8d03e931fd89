"""Letters, minutes and packs: what a page says, as a paper that is handed over."""

from funding.papers.letter import letter
from funding.papers.minutes import minutes
from funding.papers.pack import meeting_pack, pack

__all__ = ["letter", "meeting_pack", "minutes", "pack"]
