"""``/docs`` from our own files, so that it works without internet and under a strict content policy."""

from fastapi import APIRouter
from starlette.responses import HTMLResponse, Response

router = APIRouter(include_in_schema=False)

_VENDOR = "/static/vendor/swagger-ui-5.35.0"
_PAGE = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Evidence Packer API</title>
<link rel="icon" href="/static/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{_VENDOR}/swagger-ui.css">
</head>
<body>
<div id="docs"></div>
<noscript><p>This page needs scripts; the description itself is at <a href="/openapi.json">/openapi.json</a>.</p></noscript>
<script src="{_VENDOR}/swagger-ui-bundle.js"></script>
<script src="/static/docs.js"></script>
</body>
</html>
"""
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)


@router.get("/docs")
def docs() -> Response:
    """Show the API's description, with a form to try each call."""
    return HTMLResponse(_PAGE, headers={"content-security-policy": _POLICY})
