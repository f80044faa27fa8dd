"""Where the weights of onrecord's engine `best` lie; about.json there says what they are, CARD.md what they can do."""

from pathlib import Path

__version__ = "0.1.0"

FOLDER = Path(__file__).parent / "best"
