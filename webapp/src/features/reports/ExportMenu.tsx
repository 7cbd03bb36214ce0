import { Button, Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDownload, IconFileSpreadsheet, IconFileTypeCsv, IconFileTypePdf, IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { download, identityHeaders, steadyFetch } from "@/api/client";
import { errorFrom } from "@/api/errors";

const FORMS = [
  { name: "pdf", accept: "application/pdf", Icon: IconFileTypePdf },
  { name: "xlsx", accept: "application/xlsx", Icon: IconFileSpreadsheet },
  { name: "csv", accept: "application/csv", Icon: IconFileTypeCsv },
] as const;

/** Opens the PDF in a window of its own, made before the wait so that it is not taken for an unwanted one. */
async function print(address: string): Promise<void> {
  const shown = window.open("", "_blank");
  try {
    const headers = { ...identityHeaders(), accept: "application/pdf" };
    const response = await steadyFetch(new Request(new URL(address, window.location.origin), { headers }));
    if (!response.ok) throw await errorFrom(response);
    const file = URL.createObjectURL(await response.blob());
    setTimeout(() => URL.revokeObjectURL(file), 300_000);
    if (shown) shown.location.href = file;
    else window.location.assign(file);
  } catch (problem) {
    shown?.close();
    throw problem;
  }
}

/** Files of the sheet as it is shown. */
export function ExportMenu({ address, name }: { address: string; name: string }) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  function run(work: () => Promise<void>): void {
    setBusy(true);
    work()
      .catch((problem: unknown) => {
        const message = problem instanceof Error ? problem.message : String(problem);
        notifications.show({ title: t("reports.exportFailed"), message, color: "red" });
      })
      .finally(() => setBusy(false));
  }
  return (
    <>
      <Button variant="default" leftSection={<IconPrinter size={16} />} loading={busy} onClick={() => run(() => print(address))}>
        {t("reports.print")}
      </Button>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button variant="default" leftSection={<IconDownload size={16} />} loading={busy}>
            {t("reports.export")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {FORMS.map(({ name: form, accept, Icon }) => (
            <Menu.Item
              key={form}
              leftSection={<Icon size={16} />}
              onClick={() => run(() => download(address, accept, `${name}.${form}`))}
            >
              {t(`reports.form.${form}`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
