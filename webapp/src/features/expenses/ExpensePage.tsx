import { Badge, Button, Group, Tabs } from "@mantine/core";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/app/boot";
import { confirmDelete } from "@/shared/confirm";
import { History, useSeesHistory } from "@/shared/History";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { leavingWhile, useAction } from "@/shared/useAction";
import { deleteExpense, type Expense, publishExpense, TOUCHED, useExpense } from "./api";
import { ExpenseForm } from "./ExpenseForm";

export default function ExpensePage() {
  const { t } = useTranslation();
  const { expenseId }: { expenseId?: string } = useParams({ strict: false });
  const [isLeaving, setLeaving] = useState(false);
  const query = useExpense(Number(expenseId), !isLeaving);
  const canEdit = usePermission("Expense", "Edit");
  const seesHistory = useSeesHistory();
  return (
    <Page
      title={t("expenses.one", { number: expenseId })}
      back="/expenses"
      actions={query.data && <ExpenseActions expense={query.data} onLeaving={setLeaving} />}
    >
      <QueryView query={query}>
        {(expense) => (
          <Tabs defaultValue="expense" keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="expense">{t("contacts.details")}</Tabs.Tab>
              {seesHistory && <Tabs.Tab value="history">{t("common.history")}</Tabs.Tab>}
            </Tabs.List>
            <Tabs.Panel value="expense">
              {/* A change by somebody else must not wipe what is being typed, so only a new state of publication draws the form again. */}
              <ExpenseForm
                key={`${expense.id}-${expense.is_published}`}
                expense={expense}
                paymentAccount={null}
                readOnly={!canEdit}
              />
            </Tabs.Panel>
            <Tabs.Panel value="history">
              <History subject="Expense" id={expense.id} />
            </Tabs.Panel>
          </Tabs>
        )}
      </QueryView>
    </Page>
  );
}

function ExpenseActions({ expense, onLeaving }: { expense: Expense; onLeaving: (leaving: boolean) => void }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const canEdit = usePermission("Expense", "Edit");
  const canDelete = usePermission("Expense", "Delete");
  const publication = useAction({
    call: () => publishExpense(expense.id),
    invalidates: TOUCHED,
    success: t("expenses.publishedNow"),
  });
  const removal = useAction({
    call: () => leavingWhile(onLeaving, () => deleteExpense(expense.id)),
    invalidates: TOUCHED,
    success: t("common.deleted"),
    failure: t("words.notDeleted"),
    done: () => navigate({ to: "/expenses" }),
  });

  function askDelete() {
    confirmDelete({
      title: t("words.deleteOne", { name: t("expenses.one", { number: expense.id }) }),
      text: t("expenses.deleteText"),
      confirm: () => removal.run(undefined),
    });
  }

  return (
    <Group gap="xs">
      <Badge variant="light" color={expense.is_published ? "teal" : "gray"}>
        {expense.is_published ? t("expenses.published") : t("expenses.draft")}
      </Badge>
      {canEdit && !expense.is_published && (
        <Button variant="default" loading={publication.isPending} onClick={() => void publication.run(undefined)}>
          {t("expenses.publish")}
        </Button>
      )}
      {canDelete && (
        <Button variant="default" color="red" loading={removal.isPending} onClick={askDelete}>
          {t("common.delete")}
        </Button>
      )}
    </Group>
  );
}
