import { Alert, Badge, Button, Card, Group, Modal, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconLock, IconLockOpen } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { usePermission } from "@/app/boot";
import { useSeesHistory } from "@/shared/History";
import { Page } from "@/shared/Page";
import { QueryView } from "@/shared/QueryView";
import { useAction } from "@/shared/useAction";
import { cancelUnlock, type Lock, TOUCHED, useLocks } from "./api";
import { CancelForm, LockForm, UnlockForm } from "./LockForms";
import { LockHistory } from "./LockHistory";
import { isLockedAsAWhole, lockSentence, type State, stateOf } from "./lockState";

type Dialog = { lock: Lock; kind: "lock" | "unlock" | "cancel" };
const COLORS: Record<State, string> = { open: "gray", locked: "teal", partlyOpen: "blue" };

export default function LockingPage() {
  const { t } = useTranslation();
  const query = useLocks();
  const seesHistory = useSeesHistory();
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  return (
    <Page title={t("locking.title")}>
      <Text c="dimmed" maw={720}>
        {t("locking.text")}
      </Text>
      <QueryView query={query}>
        {(locks) => {
          const whole = isLockedAsAWhole(locks);
          return (
            <Stack>
              <LockCard
                lock={locks.all}
                common={whole ? undefined : { ...locks.all, is_enabled: false }}
                onDialog={setDialog}
                title={t("locking.all")}
                text={t("locking.allText")}
              />
              <Title order={2} size="h4">
                {t("locking.byModule")}
              </Title>
              {whole && stateOf(locks.all) !== "open" && <Alert color="blue">{t("locking.wholeCounts")}</Alert>}
              <SimpleGrid cols={{ base: 1, sm: 3 }}>
                {locks.modules.map((lock) => (
                  <LockCard
                    key={lock.module}
                    lock={lock}
                    common={whole && stateOf(locks.all) !== "open" ? locks.all : undefined}
                    onDialog={setDialog}
                    title={t(`locking.modules.${lock.module}`, { defaultValue: lock.formatted_module })}
                    text={t(`locking.contents.${lock.module}`, { defaultValue: lock.description })}
                  />
                ))}
              </SimpleGrid>
              {seesHistory && (
                <>
                  <Title order={2} size="h4">
                    {t("common.history")}
                  </Title>
                  <LockHistory />
                </>
              )}
              <Modal opened={dialog !== null} onClose={close} title={dialog && t(`locking.${dialog.kind}`)}>
                {dialog?.kind === "lock" && (
                  <LockForm
                    lock={dialog.lock}
                    onDone={close}
                    warning={
                      dialog.lock.module !== "all" && whole && stateOf(locks.all) !== "open"
                        ? t("locking.switchWarning")
                        : undefined
                    }
                  />
                )}
                {dialog?.kind === "unlock" && <UnlockForm lock={dialog.lock} onDone={close} />}
                {dialog?.kind === "cancel" && <CancelForm lock={dialog.lock} onDone={close} />}
              </Modal>
            </Stack>
          );
        }}
      </QueryView>
    </Page>
  );
}

interface LockCardProps {
  lock: Lock;
  /** The common lock, where it counts in place of this one. */
  common?: Lock;
  title: string;
  text: string;
  onDialog: (dialog: Dialog) => void;
}

function LockCard({ lock, common, title, text, onDialog }: LockCardProps) {
  const { t } = useTranslation();
  const mayLock = usePermission("Account", "TransactionsLocking");
  const closing = useAction({ call: () => cancelUnlock(lock.module), invalidates: TOUCHED, success: t("locking.closedNow") });
  const counting = common ?? lock;
  const state = stateOf(counting);
  const own = common ? "open" : state;
  const sentence = lockSentence(counting);
  return (
    <Card withBorder>
      <Stack gap="xs" h="100%">
        <Group justify="space-between" wrap="nowrap">
          <Group gap="xs" wrap="nowrap">
            {state === "open" ? <IconLockOpen size={18} aria-hidden /> : <IconLock size={18} aria-hidden />}
            <Text fw={600}>{title}</Text>
          </Group>
          <Badge variant="light" color={COLORS[state]}>
            {t(`locking.${state}`)}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          {text}
        </Text>
        <Text size="sm">{t(sentence.key, sentence.values)}</Text>
        {own !== "open" && lock.lock_reason && (
          <Text size="sm" c="dimmed">
            {t("locking.because", { reason: lock.lock_reason })}
          </Text>
        )}
        {own === "partlyOpen" && lock.partial_unlock_reason && (
          <Text size="sm" c="dimmed">
            {t("locking.openBecause", { reason: lock.partial_unlock_reason })}
          </Text>
        )}
        {mayLock && (
          <Group gap="xs" mt="auto">
            <Button size="xs" variant={own === "open" ? "filled" : "default"} onClick={() => onDialog({ lock, kind: "lock" })}>
              {own === "open" ? t("locking.lock") : t("locking.change")}
            </Button>
            {own !== "open" && (
              <>
                {own === "locked" ? (
                  <Button size="xs" variant="default" onClick={() => onDialog({ lock, kind: "unlock" })}>
                    {t("locking.unlock")}
                  </Button>
                ) : (
                  <Button size="xs" variant="default" loading={closing.isPending} onClick={() => void closing.run(undefined)}>
                    {t("locking.closeAgain")}
                  </Button>
                )}
                <Button size="xs" variant="default" color="red" onClick={() => onDialog({ lock, kind: "cancel" })}>
                  {t("locking.cancel")}
                </Button>
              </>
            )}
          </Group>
        )}
      </Stack>
    </Card>
  );
}
