import { Kbd, Modal, Table } from "@mantine/core";
import { useDisclosure, useHotkeys } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

const LISTED = [
  ["Ctrl K", "palette"],
  ["?", "help"],
  ["Shift M", "newJournal"],
  ["Shift A", "goAccounts"],
  ["Shift R", "goReports"],
  ["Shift D", "goDashboard"],
  ["Ctrl Enter", "save"],
  ["Ctrl Shift Enter", "publish"],
  ["Enter", "nextLine"],
] as const;

/** Keys that work everywhere outside of text fields, and the sheet that lists them. */
export function Shortcuts() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [opened, { open, close }] = useDisclosure(false);
  useHotkeys([
    ["shift+?", open],
    ["?", open],
    ["shift+M", () => void navigate({ to: "/journals/new" })],
    ["shift+A", () => void navigate({ to: "/accounts" })],
    ["shift+R", () => void navigate({ to: "/reports" })],
    ["shift+D", () => void navigate({ to: "/" })],
  ]);
  return (
    <Modal opened={opened} onClose={close} closeOnClickOutside title={t("app.shortcuts")}>
      <Table>
        <Table.Tbody>
          {LISTED.map(([keys, key]) => (
            <Table.Tr key={key}>
              <Table.Td>{t(`shortcuts.${key}`)}</Table.Td>
              <Table.Td ta="end">
                <Kbd>{keys}</Kbd>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
