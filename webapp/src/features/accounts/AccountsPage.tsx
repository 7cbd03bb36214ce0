import { Badge, Drawer, Group, SegmentedControl, Text } from "@mantine/core";
import { useLocation, useNavigate } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/app/boot";
import { type Column, DataTable, type Tree } from "@/shared/DataTable";
import { Money } from "@/shared/Money";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { AddButton } from "@/shared/RecordList";
import { AccountForm } from "./AccountForm";
import { AccountMenu } from "./AccountMenu";
import { type Account, useAccounts } from "./api";

const NARROW_COLUMNS = ["name", "balance", "actions"];

export default function AccountsPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const asked = useLocation().pathname.endsWith("/new");
  const mayCreate = usePermission("Account", "Create");
  const [inactive, setInactive] = useState(false);
  const [edited, setEdited] = useState<Account | null>(null);
  const accounts = useAccounts(inactive);
  const [creating, setCreating] = useState(asked);
  const close = () => {
    setEdited(null);
    setCreating(false);
    if (asked) void navigate({ to: "/accounts" });
  };
  const create = mayCreate && <AddButton label={t("accounts.new")} onClick={() => setCreating(true)} />;

  return (
    <Page title={t("accounts.title")} actions={create}>
      <SegmentedControl
        aria-label={t("accounts.show")}
        value={inactive ? "inactive" : "active"}
        onChange={(value) => setInactive(value === "inactive")}
        data={[
          { value: "active", label: t("accounts.active") },
          { value: "inactive", label: t("accounts.inactive") },
        ]}
        w="fit-content"
      />
      <QueryView
        query={accounts}
        empty={{
          when: (list) => list.length === 0,
          title: inactive ? t("accounts.emptyInactive") : t("accounts.empty"),
          text: inactive ? undefined : t("accounts.emptyText"),
          action: inactive ? undefined : create,
        }}
      >
        {(list) => <AccountTree accounts={list} onEdit={setEdited} />}
      </QueryView>
      <Drawer
        opened={(mayCreate && creating) || edited !== null}
        onClose={close}
        position="right"
        title={edited ? t("accounts.edit") : t("accounts.new")}
      >
        <AccountForm key={edited?.id ?? "new"} account={edited} onDone={close} />
      </Drawer>
    </Page>
  );
}

const TREE: Tree<Account> = { children: (row) => row.children ?? undefined };

interface TreeProps {
  accounts: Account[];
  onEdit: (account: Account) => void;
}

function AccountTree({ accounts, onEdit }: TreeProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const columns = useMemo<Column<Account>[]>(
    () => [
      {
        key: "name",
        header: t("accounts.name"),
        value: (row) => row.name,
        filter: { type: "text" },
        width: 320,
        render: (row) => (
          <Group gap="xs" wrap="nowrap" component="span">
            <Text span truncate inherit title={row.description ?? undefined}>
              {row.name}
            </Text>
            {row.predefined && (
              <Badge size="xs" variant="default">
                {t("accounts.predefined")}
              </Badge>
            )}
          </Group>
        ),
      },
      { key: "code", header: t("accounts.code"), value: (row) => row.code, filter: { type: "text" }, width: 110 },
      {
        key: "type",
        header: t("accounts.type"),
        value: (row) => row.account_type_label,
        filter: { type: "choice" },
        width: 190,
      },
      {
        key: "currency",
        header: t("accounts.currency"),
        value: (row) => row.currency_code,
        filter: { type: "choice" },
        width: 100,
      },
      {
        key: "balance",
        header: t("accounts.balance"),
        value: (row) => row.amount,
        filter: { type: "number" },
        align: "end",
        width: 170,
        render: (row) => <Money value={row.amount} currency={row.currency_code} />,
      },
      {
        key: "actions",
        header: t("accounts.menu"),
        value: () => null,
        align: "end",
        width: 60,
        render: (row) => <AccountMenu account={row} withRegister onEdit={() => onEdit(row)} />,
      },
    ],
    [t, onEdit],
  );
  return (
    <DataTable
      id="accounts"
      narrow={NARROW_COLUMNS}
      label={t("accounts.title")}
      rows={accounts}
      columns={columns}
      rowKey={(row) => row.id}
      tree={TREE}
      onOpen={(row) => void navigate({ to: "/accounts/$accountId", params: { accountId: String(row.id) } })}
      csvName="accounts"
    />
  );
}
