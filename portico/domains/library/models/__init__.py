"""Tables of the library."""

from portico.domains.library.models.documents import Attachment as Attachment
from portico.domains.library.models.documents import Document as Document
from portico.domains.library.models.documents import Limit as Limit
from portico.domains.library.models.documents import Topic as Topic
from portico.domains.library.models.documents import Version as Version
from portico.domains.library.models.finding import Movement as Movement
from portico.domains.library.models.finding import Synonyms as Synonyms
from portico.domains.library.models.following import Acknowledgement as Acknowledgement
from portico.domains.library.models.following import Subscription as Subscription
