def features(books):
    return {
        item["name"]: (item["is_accessible"], item["default_accessible"]) for item in books.get("/dashboard/boot").ok["features"]
    }


def test_an_administrator_may_do_everything(books):
    booted = books.get("/dashboard/boot").ok
    assert booted["abilities"] == [{"subject": "all", "action": "manage"}]
    assert booted["is_bigcapital_cloud"] is False


def test_a_role_may_do_what_it_was_given(books):
    role = {
        "role_name": "Clerk",
        "role_description": "",
        "permissions": [
            {"subject": "Item", "ability": "View", "value": True},
            {"subject": "Item", "ability": "Delete", "value": False},
            {"subject": "Report", "ability": "read-journal", "value": True},
        ],
    }
    role_id = books.post("/roles", role).created["data"]["id"]
    books.add_member(user_id=2, role_id=role_id)
    assert books.get("/dashboard/boot", user_id=2).ok["abilities"] == [
        {"subject": "Item", "action": "View"},
        {"subject": "Report", "action": "read-journal"},
    ]


def test_who_is_no_member_is_refused(books):
    assert books.get("/dashboard/boot", user_id=99).status == 403


def test_features_follow_their_switches(books, make_books):
    assert features(books) == {"branches": (False, False), "warehouses": (False, False), "BankSyncing": (False, False)}
    assert books.post("/branches/activate").ok
    assert features(books)["branches"] == (True, False)
    with_feed = make_books(options={"services": {"bank_feed_enabled": True}})
    assert features(with_feed)["BankSyncing"] == (True, True)
