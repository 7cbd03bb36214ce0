import pytest
from pymongo import MongoClient
def test_x(mongodb_url):
    with MongoClient(mongodb_url) as c: print(c.server_info()); print(c.admin.command("hello"))
