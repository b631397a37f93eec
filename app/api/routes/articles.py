"""The articles that the events are read from."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import Field

from app.api.dependencies import Listing, ReadSession
from app.api.fields import FIELDS, FieldOf, only
from app.api.responses.articles import ArticleList, ArticleResponse, article_response
from app.api.routes.parameters import FACETS, OF_LISTS, OF_ONE, ArticleId
from app.queries.articles import ArticleDimension, ArticleFilter, find_articles, get_article
from app.queries.paging import Filter
from app.queries.values import Several

router = APIRouter(tags=["articles"])


class ArticleQuery(ArticleFilter):
    """What `/v1/articles` can be asked for; the days are those of publication."""

    facet: Several[ArticleDimension] = Field(default=(), description=FACETS)
    fields: tuple[Annotated[str, FieldOf(ArticleResponse)], ...] = FIELDS


class OneArticle(Filter):
    """How one of them is shown."""

    fields: tuple[Annotated[str, FieldOf(ArticleResponse)], ...] = FIELDS


@router.get("/articles", summary="List articles", operation_id="list_articles", responses=OF_LISTS)
async def list_articles(
    wanted: Annotated[ArticleQuery, Query()], session: ReadSession, lists: Listing
) -> ArticleList:
    """Return news stories and official readouts, each with the events it tells of; the text is not served."""
    return lists.page(
        ArticleList, await find_articles(session, wanted, wanted.facet), article_response, wanted.fields
    )


@router.get(
    "/articles/{id}",
    summary="Get an article",
    operation_id="get_article",
    responses=OF_ONE,
    response_model_exclude_unset=True,
)
async def read_article(
    article_id: ArticleId, wanted: Annotated[OneArticle, Query()], session: ReadSession
) -> ArticleResponse:
    """Return one article by id; its text is not served."""
    return only(article_response(await get_article(session, article_id)), wanted.fields)
