"""The pages for people, all under one router: start and lists, the form of a case with its files, the result."""

from fastapi import APIRouter

from api.form import case_pages, file_routes, library, results

router = APIRouter(include_in_schema=False)
for part in (library, case_pages, file_routes, results):
    router.include_router(part.router)
