"""The pages that are written of declarations and rows: docs/areas/, records.md, permissions.md …"""

from collections.abc import Mapping

from policies import vocabulary
from schema.pages.areas import area_page, areas_page
from schema.pages.permissions import permissions_page
from schema.pages.personal import personal_page
from schema.pages.records import records_page


def pages() -> Mapping[str, str]:
    """Each page by its path under docs/."""
    areas = {f"areas/{area}.md": area_page(area) for area in vocabulary.areas()}
    written = {
        "records.md": records_page(),
        "personal.md": personal_page(),
        "permissions.md": permissions_page(),
    }
    return {"areas/README.md": areas_page(), **areas, **written}
