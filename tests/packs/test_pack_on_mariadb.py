import threading

import pytest
from sqlalchemy.exc import DBAPIError

from tenancy.packs.rendering import read_snapshot, render_tenant_pack
from tests.packs.conftest import NAMES, Office, make_request, records_of, sell
from tests.tenancy.installation import Installation


@pytest.fixture
def served(tmp_path, mariadb_server):
    made = Installation(tmp_path / "var", mariadb_server)
    for number, name in enumerate(NAMES, start=1):
        sell(made, made.built(name), 1000 * number)
    yield made
    made.close()


@pytest.mark.mariadb
def test_packs_on_mariadb(served, open_office):
    first, second, third = records_of(served)
    served.drop(second)
    office: Office = open_office(served)
    result = office.run(office.ask())
    assert (result["completed"], result["failed"]) == (2, 1)
    assert result["failures"][0]["tenant_id"] == second.id
    assert "Unknown database" in result["failures"][0]["error"]
    assert office.store.find(tenant_id=third.id)[0].result["totals"]["net_income"] == "1500.00"

    epoch = served.sql(first, "SELECT epoch FROM tenant_identity")
    with read_snapshot(served.config, first) as connection:
        count = "SELECT COUNT(*) FROM ledger_lines"
        seen = connection.exec_driver_sql(count).scalar()
        writer = threading.Thread(target=sell, args=(served, first, 10))
        writer.start()
        writer.join(60)
        assert connection.exec_driver_sql(count).scalar() == seen
        with pytest.raises(DBAPIError, match="READ ONLY"):
            connection.exec_driver_sql("DELETE FROM ledger_lines")
    later = render_tenant_pack(served.config, first, make_request(), office.folder, reuse=False)
    assert (later.lines, later.totals["income"]) == (seen + 2 * 2, "1010.00")
    assert served.sql(first, "SELECT epoch FROM tenant_identity")[0][0] == epoch[0][0] + 1, "the seller's own"
