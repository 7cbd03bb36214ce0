import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useChooseOrganization, usePlaces } from "@/app/places";
import { QueryView } from "@/shared/QueryView";
import type { Place } from "./api";

/** The organisations that the person belongs to, with a way into each. */
export function PlacesList() {
  const { t } = useTranslation();
  const places = usePlaces();
  return (
    <QueryView query={places}>
      {({ organizations }) => (
        <Stack gap="xs">
          {organizations.map((place) => (
            <PlaceRow key={place.organization_id} place={place} />
          ))}
          <Button component={Link} to="/organizations/new" variant="default" style={{ alignSelf: "flex-start" }}>
            {t("app.newOrganization")}
          </Button>
        </Stack>
      )}
    </QueryView>
  );
}

function PlaceRow({ place }: { place: Place }) {
  const { t } = useTranslation();
  const choose = useChooseOrganization();
  const name = place.name ?? t("profile.unnamed");
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs">
      <div style={{ minWidth: 0 }}>
        <Text truncate title={name}>
          {name}
        </Text>
        <Group gap={6}>
          {place.is_owner && <Badge variant="light">{t("profile.owner")}</Badge>}
          {!place.is_owner && place.role_slug === "admin" && <Badge variant="light">{t("profile.administrator")}</Badge>}
          {!place.active && (
            <Badge variant="light" color="gray">
              {t("profile.inactive")}
            </Badge>
          )}
        </Group>
      </div>
      {place.is_current ? (
        <Badge variant="light" color="teal" style={{ flexShrink: 0 }}>
          {t("profile.currentOne")}
        </Badge>
      ) : (
        place.active && (
          <Button
            size="xs"
            variant="default"
            aria-label={t("profile.open", { name })}
            onClick={() => choose(place.organization_id)}
          >
            {t("profile.open", { name: "" }).trim()}
          </Button>
        )
      )}
    </Group>
  );
}
