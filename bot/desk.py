"""Everything a cog may reach for, built once."""

from dataclasses import dataclass, field
from functools import cached_property

from bot.content.library import Library
from bot.documents.render import Printer
from bot.services.cases import CaseService
from bot.services.commitments import CommitmentService
from bot.services.drafts import DraftService
from bot.services.formulating import FormulatingService
from bot.services.ground import Ground
from bot.services.groups import GroupService
from bot.services.keeper import Keeper
from bot.services.privacy import PrivacyService
from bot.services.reminders import ReminderService
from bot.services.screening import Finder, Screening
from bot.services.template_writing import TemplateWritingService
from bot.services.templates import TemplateService
from bot.services.vignettes import VignetteService
from bot.services.visits import VisitService
from bot.services.words import WordService
from bot.services.writing import WritingService
from bot.ui.answers import Request
from bot.ui.router import Router
from bot.ui.visits import Visits


@dataclass
class Desk:
    """The services on one ground, and the router that answers with them."""

    ground: Ground
    finder: Finder = field(default_factory=Finder)

    @cached_property
    def formulating(self) -> FormulatingService:
        """Sessions."""
        return FormulatingService(self.ground)

    @cached_property
    def groups(self) -> GroupService:
        """Groups and charters."""
        return GroupService(self.ground)

    @cached_property
    def privacy(self) -> PrivacyService:
        """Erasing."""
        return PrivacyService(self.ground, self.formulating, (self.reminders, self.commitments))

    @cached_property
    def drafts(self) -> DraftService:
        """What was typed and not posted."""
        return DraftService(self.ground)

    @cached_property
    def words(self) -> WordService:
        """The lists that the review knows."""
        return WordService(self.ground)

    @cached_property
    def screening(self) -> Screening:
        """The review of what was typed."""
        return Screening(self.words, self.finder)

    @cached_property
    def templates(self) -> TemplateService:
        """The forms that a group can choose from."""
        return TemplateService(self.ground)

    @cached_property
    def template_writing(self) -> TemplateWritingService:
        """Templates that are being written."""
        return TemplateWritingService(self.ground)

    @cached_property
    def writing(self) -> WritingService:
        """Vignettes that are being written."""
        return WritingService(self.ground, self.screening)

    @cached_property
    def vignettes(self) -> VignetteService:
        """Vignettes that are on their way, or out."""
        return VignetteService(self.ground)

    @cached_property
    def cases(self) -> CaseService:
        """Cases that were posted."""
        return CaseService(self.ground)

    @cached_property
    def reminders(self) -> ReminderService:
        """Reminders, and the notes they bring."""
        return ReminderService(self.ground)

    @cached_property
    def commitments(self) -> CommitmentService:
        """What presenters left their sessions with."""
        return CommitmentService(self.ground)

    @cached_property
    def keeper(self) -> Keeper:
        """The loop that keeps due dates."""
        return Keeper(
            self.ground,
            self.formulating,
            self.privacy,
            self.vignettes,
            self.cases,
            self.reminders,
            self.commitments,
        )

    @cached_property
    def router(self) -> Router:
        """The way in."""
        visits = Visits(VisitService(self.ground, self.reminders, self.commitments), self.ground)
        return Router(self.ground, self.drafts, self.words, self.screening, visits)

    @cached_property
    def printer(self) -> Printer:
        """Loads its fonts when it is first needed."""
        return Printer()

    def library_for(self, request: Request) -> Library:
        """The content in the language of the group that the request is about."""
        return self.ground.library(request.standing.group)

    async def close(self) -> None:
        """Let the worker of the review go, and close the database."""
        self.screening.close()
        await self.ground.database.close()
