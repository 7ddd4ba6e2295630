"""The pages for people, all under one router: start and lists, the form of a case with its files, the result."""

from fastapi import APIRouter

from api.form import (
    batch_columns,
    batch_pages,
    case_pages,
    file_routes,
    insights,
    library,
    recorded,
    results,
    sign_in,
    verify_page,
)

router = APIRouter(include_in_schema=False)
for part in (
    sign_in,
    library,
    case_pages,
    file_routes,
    results,
    recorded,
    batch_columns,
    batch_pages,
    insights,
    verify_page,
):
    router.include_router(part.router)
