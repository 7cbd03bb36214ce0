import { Modal, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { FormButtons } from "@/shared/FormButtons";
import type { AccountRow, Target } from "./choices";

interface DetailsFormProps {
  row: AccountRow;
  target: Target;
  onClose: () => void;
  onApply: (change: { name: string; code: string }) => void;
}

const NAME_MIN = 3;
const CODE_MIN = 3;

/** Name and code of the account that a row is to create. */
export function DetailsForm({ row, target, onClose, onApply }: DetailsFormProps) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { name: target.name, code: target.code ?? "" },
    validate: {
      name: (value) => (value.trim().length < NAME_MIN ? t("journalImport.nameLength") : null),
      code: (value) => (value.trim() && value.trim().length < CODE_MIN ? t("journalImport.codeLength") : null),
    },
  });
  return (
    <Modal opened onClose={onClose} title={t("journalImport.detailsTitle", { name: row.ledger_account })}>
      <form
        noValidate
        onSubmit={form.onSubmit(({ name, code }) => {
          const typed = name.trim();
          onApply({ name: typed === row.ledger_account ? "" : typed, code: code.trim() });
        })}
      >
        <Stack>
          <TextInput
            label={t("journalImport.accountName")}
            required
            maxLength={255}
            data-autofocus
            {...form.getInputProps("name")}
          />
          <TextInput
            label={t("journalImport.accountCode")}
            description={t("journalImport.accountCodeHelp")}
            maxLength={6}
            {...form.getInputProps("code")}
          />
          <FormButtons isPending={false} onCancel={onClose} label={t("journalImport.apply")} />
        </Stack>
      </form>
    </Modal>
  );
}
