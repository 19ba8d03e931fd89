from rest_framework.authentication import TokenAuthentication


class ExpiringToken(TokenAuthentication):
    keyword = "Bearer"
