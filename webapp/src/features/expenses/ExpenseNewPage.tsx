import { useTranslation } from "react-i18next";
import { settingNumber, useSettings } from "@/features/settings/api";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { ExpenseForm } from "./ExpenseForm";

export default function ExpenseNewPage() {
  const { t } = useTranslation();
  const settings = useSettings();
  return (
    <Page title={t("expenses.new")} back="/expenses">
      <QueryView query={settings}>
        {(values) => (
          <ExpenseForm
            expense={null}
            paymentAccount={settingNumber(values, "expenses", "preferred_payment_account")}
            readOnly={false}
          />
        )}
      </QueryView>
    </Page>
  );
}
