"""What the person who installs Sixfold can decide.

Values come from the environment and from an `.env` file, the environment winning. They are read once, by
`load_settings`, and handed on; nothing else in the project looks at the environment.
"""

from pathlib import Path
from typing import Annotated, ClassVar, Final, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

PREFIX: Final = "SIXFOLD_"

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]


def _web_address(value: str) -> str:
    """Return `value` without a slash at its end; ValueError unless it is a plain http or https address."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        reason = "not an address that begins with http:// or https://"
        raise ValueError(reason)
    return value.rstrip("/")


def _whole_path(value: Path) -> Path:
    return value.expanduser().absolute()


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


class Settings(BaseSettings):
    """Every setting, checked and unchangeable.

    The description of each field is the sentence about it in `.env.example`.
    """

    model_config: ClassVar[SettingsConfigDict] = SettingsConfigDict(
        env_prefix=PREFIX,
        env_ignore_empty=True,
        env_file_encoding="utf-8",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
        str_strip_whitespace=True,
        dotenv_filtering="match_prefix",
    )

    discord_token: Annotated[
        SecretStr | None,
        Field(
            description="The bot's password from Discord's developer portal. Only `sixfold run` needs it. "
            "Show it to nobody."
        ),
    ] = None
    data_dir: Annotated[
        Path,
        Field(description="The folder for the database and the key that opens it. Back up both, apart."),
        AfterValidator(_whole_path),
    ] = Path("data")
    rest_base: Annotated[
        str,
        Field(description="Where Discord's interface is reached. Change it only for a proxy of your own."),
        AfterValidator(_web_address),
    ] = "https://discord.com/api/v10"
    log_level: Annotated[
        LogLevel,
        Field(description="How much is logged: DEBUG, INFO, WARNING or ERROR. No level logs case material."),
        BeforeValidator(_upper),
    ] = "INFO"


class SettingsError(Exception):
    """One or more settings can't be used.

    `unusable` names the variables whose values are of no use, `unknown` those that no setting is called,
    and `unreadable` the file that could not be read as text. Neither the message nor the chain of causes
    holds any value, so that no token reaches a screen or a log.
    """

    def __init__(
        self,
        unusable: tuple[str, ...] = (),
        unknown: tuple[str, ...] = (),
        unreadable: Path | None = None,
    ) -> None:
        super().__init__(", ".join((*unusable, *unknown, *([str(unreadable)] if unreadable else []))))
        self.unusable = unusable
        self.unknown = unknown
        self.unreadable = unreadable


def variable(field: str) -> str:
    """Return the name that the setting `field` has in the environment."""
    return f"{PREFIX}{field.upper()}"


def load_settings(env_file: Path | None = Path(".env")) -> Settings:
    """Read the settings from the environment and from `env_file`, if it is there.

    Raises SettingsError, with every problem at once.
    """
    try:
        return Settings(_env_file=env_file)  # pyright: ignore[reportCallIssue]
    except ValidationError as error:
        problems = [(variable(str(each["loc"][0])), each["type"]) for each in error.errors()]
    except (OSError, UnicodeDecodeError):
        problems = None
    # Raised out here, so that no error that quotes a value is attached as the context.
    if problems is None:
        raise SettingsError(unreadable=env_file)
    unknown = tuple(sorted({name for name, kind in problems if kind == "extra_forbidden"}))
    unusable = tuple(sorted({name for name, kind in problems if kind != "extra_forbidden"}))
    raise SettingsError(unusable, unknown)
