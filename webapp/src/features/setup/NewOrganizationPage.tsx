import { Button, Center, Paper, Stack, TextInput, Title } from "@mantine/core";
import { useForm } from "@mantine/form";
import { Link, useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { getSession, setSession } from "@/api/session";
import { useSave } from "@/shared/useSave";

/** A further organisation of the signed-in person; its books are opened by the wizard. */
export default function NewOrganizationPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useForm({
    mode: "uncontrolled",
    initialValues: { name: "" },
    validate: { name: (value) => (value.trim() ? null : t("setup.required")) },
  });
  const save = useSave({
    call: ({ name }: { name: string }) => data(api.POST("/api/organizations", { body: { name: name.trim() } as never })),
    invalidates: [],
    form,
    onSaved: (made) => {
      const session = getSession();
      if (session) setSession({ ...session, organizationId: made.organization_id });
      void navigate({ to: "/setup" });
    },
  });
  useEffect(() => {
    document.title = `${t("setup.newTitle")} · ${t("app.name")}`;
  }, [t]);
  return (
    <Center component="main" mih="100vh" p="md">
      <Paper withBorder p="xl" w="100%" maw={480}>
        <form onSubmit={form.onSubmit(save.submit)} noValidate>
          <Stack>
            <Title order={1}>{t("setup.newTitle")}</Title>
            <TextInput label={t("setup.name")} autoFocus key={form.key("name")} {...form.getInputProps("name")} />
            <Button type="submit" loading={save.isPending}>
              {t("common.add")}
            </Button>
            <Button component={Link} to="/" variant="subtle" color="gray">
              {t("common.cancel")}
            </Button>
          </Stack>
        </form>
      </Paper>
    </Center>
  );
}
