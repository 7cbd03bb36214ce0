import { Button, Group, Stack, Text } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useHotkeys } from "@mantine/hooks";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";
import { useKeptForm } from "@/shared/form/useKeptForm";
import { formatMoney } from "@/shared/format";
import { LineEditor } from "@/shared/LineEditor";
import { useSave } from "@/shared/useSave";
import { type SaveRequest, STALE, saveJournal } from "./api";
import { HeaderFields } from "./HeaderFields";
import { useLineColumns } from "./lineColumns";
import { isEmptyLine, type JournalLine, type JournalValues, LINES_MAX, missing, newLine, totals } from "./model";

interface JournalFormProps {
  /** Null: a new one. */
  id: number | null;
  initial: JournalValues;
  published: boolean;
}

/** Errors of lines, by `<line>.<column>`. */
function lineErrors(errors: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).flatMap(([path, message]) =>
      path.startsWith("entries.") ? [[path.slice("entries.".length), String(message)]] : [],
    ),
  );
}

/** A journal is typed here: header, lines with live totals, draft or published. */
export function JournalForm({ id, initial, published }: JournalFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const element = useRef<HTMLFormElement>(null);
  const submitted = useRef(false);
  const form = useForm<JournalValues>({ initialValues: initial });
  const { values, errors } = form;
  const kept = useKeptForm(form, `journal.${id ?? "new"}`);
  const columns = useLineColumns({ lines: values.entries, currency: values.currency_code });
  const sums = useMemo(() => totals(values.entries), [values.entries]);
  const ofLines = useMemo(() => lineErrors(errors), [errors]);

  const save = useSave<SaveRequest, number>({
    call: saveJournal,
    invalidates: STALE,
    success: t("journals.saved"),
    form,
    onSaved: (saved) => {
      kept.release();
      void navigate({ to: `/journals/${saved}` });
    },
  });

  // After a refusal, the first refused field is where to go on.
  useEffect(() => {
    if (!submitted.current || Object.keys(errors).length === 0) return;
    submitted.current = false;
    const refused = element.current?.querySelector<HTMLElement>("[aria-invalid='true'], [data-invalid][data-idle]");
    // A focused day opens its calendar, which would hide the message below it.
    if (refused?.dataset.datesInput) refused.scrollIntoView({ block: "center" });
    else refused?.focus();
  }, [errors]);

  function submit(publish?: boolean): void {
    submitted.current = true;
    const lacking = missing(values);
    if (Object.keys(lacking).length > 0)
      form.setErrors(Object.fromEntries(Object.entries(lacking).map(([path, key]) => [path, t(key)])));
    else save.submit({ id, values, publish: published ? undefined : Boolean(publish) });
  }

  function changeLines(entries: JournalLine[]): void {
    const left = Object.entries(errors).filter(([path]) => {
      const [field, line] = path.split(".");
      return field !== "entries" || (line !== undefined && entries[Number(line)] === values.entries[Number(line)]);
    });
    form.setFieldValue("entries", entries);
    form.setErrors(Object.fromEntries(left));
  }

  useHotkeys(
    [
      ["mod+Enter", () => submit()],
      ["mod+shift+Enter", () => submit(true)],
    ],
    [],
  );

  const amount = (value: { toFixed: () => string }) => formatMoney(value.toFixed(), values.currency_code);
  return (
    <form
      ref={element}
      noValidate
      onKeyDown={(event) => {
        // The Enter key goes through the lines; alone it never saves.
        if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack gap="md">
        {kept.notice}
        <HeaderFields form={form} isNew={id === null} />
        <LineEditor
          label={t("journals.lines")}
          lines={values.entries}
          onChange={changeLines}
          columns={columns}
          newLine={newLine}
          isEmpty={isEmptyLine}
          errors={ofLines}
          linesMax={LINES_MAX}
          totals={{ account_id: t("journals.total"), debit: amount(sums.debit), credit: amount(sums.credit) }}
        />
        <Group justify="space-between" gap="xs">
          <Text role="status" fw={600} c={sums.difference.isZero() ? undefined : "var(--mantine-color-error)"}>
            {sums.difference.isZero() ? t("journals.balanced") : `${t("journals.difference")}: ${amount(sums.difference)}`}
          </Text>
          {errors.entries && (
            <Text role="alert" c="var(--mantine-color-error)">
              {errors.entries}
            </Text>
          )}
        </Group>
        <Group gap="xs">
          {published ? (
            <Button type="submit" loading={save.isPending} title="Ctrl+Enter">
              {t("journals.save")}
            </Button>
          ) : (
            <>
              <Button loading={save.isPending} title="Ctrl+Shift+Enter" onClick={() => submit(true)}>
                {t("journals.savePublish")}
              </Button>
              <Button type="submit" variant="default" disabled={save.isPending} title="Ctrl+Enter">
                {t("journals.saveDraft")}
              </Button>
            </>
          )}
          <Button component={Link} to={id === null ? "/journals" : `/journals/${id}`} variant="subtle">
            {t("common.cancel")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
