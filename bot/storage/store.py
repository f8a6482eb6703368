"""Everything stored, seen through one transaction."""

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.commitments.commitment import Commitment
from bot.reminders.reminder import Reminder
from bot.storage import tables
from bot.storage.cases import Cases
from bot.storage.dates import Dates
from bot.storage.deliveries import Deliveries
from bot.storage.drafts import Drafts
from bot.storage.groups import Groups
from bot.storage.habits import HabitBook
from bot.storage.owned import OwnedDocuments, StoredOwned
from bot.storage.sessions import Sessions
from bot.storage.templates import Templates
from bot.storage.vault import Vault
from bot.storage.vignettes import Vignettes
from bot.storage.words import Words

StoredReminder = StoredOwned[Reminder]
StoredCommitment = StoredOwned[Commitment]


class Store:
    """The repositories of one transaction: the connection comes from ``Database.read`` or ``write``."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self.groups = Groups(connection, vault)
        self.sessions = Sessions(connection, vault)
        self.drafts = Drafts(connection, vault)
        self.vignettes = Vignettes(connection, vault)
        self.cases = Cases(connection, vault)
        self.templates = Templates(connection, vault)
        self.reminders = OwnedDocuments(connection, vault, tables.reminders, Reminder)
        self.commitments = OwnedDocuments(connection, vault, tables.commitments, Commitment)
        self.habits = HabitBook(connection, vault)
        self.deliveries = Deliveries(connection)
        self.words = Words(connection)
        self.dates = Dates(connection)
