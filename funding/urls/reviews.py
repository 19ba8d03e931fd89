"""Reviews under /funding/."""

from django.urls import URLPattern, path, re_path

from funding.views import reviews

urlpatterns: list[URLPattern] = [
    path("reviews/", reviews.review_list, name="review-list"),
    path("reviews/<int:pk>/", reviews.review_detail, name="review-detail"),
    path("reviews/<int:pk>/answer/", reviews.review_answer, name="review-answer"),
    re_path(r"^(?P<reference>FR-[0-9]{4}-[0-9]{4,12})/reviews/$", reviews.request_reviews, name="request-reviews"),
]
