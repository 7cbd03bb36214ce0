import { Alert, SimpleGrid, Stack, Text, Textarea } from "@mantine/core";
import { useForm } from "@mantine/form";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import { bind } from "@/shared/bind";
import { DayInput } from "@/shared/DayInput";
import { FormButtons } from "@/shared/FormButtons";
import { useSave } from "@/shared/useSave";
import { cancelLock, type Lock, type LockModule, lock as lockUntil, TOUCHED, unlockPartly } from "./api";

interface LockFormProps {
  lock: Lock;
  onDone: () => void;
}

/** Lock up to and including a day. `warning`: what else this changes. */
export function LockForm({ lock, onDone, warning }: LockFormProps & { warning?: string }) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: {
      lock_to_date: (lock.lock_to_date ?? dayjs().startOf("month").subtract(1, "day").format("YYYY-MM-DD")) as string | null,
      reason: lock.is_enabled ? lock.lock_reason : "",
    },
    validate: {
      lock_to_date: (value) => (value ? null : t("words.required")),
      reason: (value) => (value.trim() ? null : t("words.required")),
    },
  });
  const save = useSave({
    call: (values: typeof form.values) =>
      lockUntil({ module: lock.module as LockModule, lock_to_date: values.lock_to_date as string, reason: values.reason.trim() }),
    invalidates: TOUCHED,
    success: t("locking.lockedNow"),
    form,
    onSaved: onDone,
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack gap="sm">
        {warning && <Alert color="yellow">{warning}</Alert>}
        <DayInput
          label={t("locking.until")}
          description={t("locking.untilHint")}
          withAsterisk
          {...bind<string | null>(form, "lock_to_date")}
        />
        <Textarea
          label={t("locking.reason")}
          description={t("locking.reasonHint")}
          withAsterisk
          autosize
          minRows={2}
          {...form.getInputProps("reason")}
        />
        <FormButtons isPending={save.isPending} onCancel={onDone} label={t("locking.lock")} />
      </Stack>
    </form>
  );
}

/** Open some days of what is locked. */
export function UnlockForm({ lock, onDone }: LockFormProps) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { from: lock.unlock_from_date, to: lock.unlock_to_date, reason: "" },
    validate: {
      from: (value) => (value ? null : t("words.required")),
      to: (value, values) => (!value ? t("words.required") : values.from && value < values.from ? t("locking.reversed") : null),
      reason: (value) => (value.trim() ? null : t("words.required")),
    },
  });
  const save = useSave({
    call: (values: typeof form.values) =>
      unlockPartly({
        module: lock.module as LockModule,
        unlock_from_date: values.from as string,
        unlock_to_date: values.to as string,
        reason: values.reason.trim(),
      }),
    invalidates: TOUCHED,
    success: t("locking.openedNow"),
    form,
    fieldOf: (type) => (type === "UNLOCK_DATES_REVERSED" ? "to" : undefined),
    onSaved: onDone,
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {t("locking.unlockText", { day: lock.formatted_lock_to_date })}
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <DayInput label={t("locking.firstDay")} withAsterisk {...bind<string | null>(form, "from")} />
          <DayInput label={t("locking.lastDay")} withAsterisk {...bind<string | null>(form, "to")} />
        </SimpleGrid>
        <Textarea label={t("locking.reason")} withAsterisk autosize minRows={2} {...form.getInputProps("reason")} />
        <FormButtons isPending={save.isPending} onCancel={onDone} label={t("locking.unlock")} />
      </Stack>
    </form>
  );
}

/** Open everything again. */
export function CancelForm({ lock, onDone }: LockFormProps) {
  const { t } = useTranslation();
  const form = useForm({
    initialValues: { reason: "" },
    validate: { reason: (value) => (value.trim() ? null : t("words.required")) },
  });
  const save = useSave({
    call: ({ reason }: { reason: string }) => cancelLock({ module: lock.module as LockModule, reason: reason.trim() }),
    invalidates: TOUCHED,
    success: t("locking.cancelledNow"),
    form,
    onSaved: onDone,
  });
  return (
    <form onSubmit={form.onSubmit(save.submit)} noValidate>
      <Stack gap="sm">
        <Text size="sm">{t("locking.cancelText", { day: lock.formatted_lock_to_date })}</Text>
        <Textarea
          label={t("locking.reason")}
          withAsterisk
          autosize
          minRows={2}
          data-autofocus
          {...form.getInputProps("reason")}
        />
        <FormButtons isPending={save.isPending} onCancel={onDone} label={t("locking.cancel")} />
      </Stack>
    </form>
  );
}
