import { Select, type SelectProps } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useFeature } from "@/app/boot";
import { useBranches } from "./api";

interface BranchSelectProps extends Omit<SelectProps, "value" | "onChange" | "data"> {
  value: number | null;
  onChange: (id: number | null) => void;
}

/** The branch of a document; nothing at all while the organisation has no branches. */
export function BranchSelect({ value, onChange, ...rest }: BranchSelectProps) {
  const { t } = useTranslation();
  const active = useFeature("branches");
  const { data: branches = [] } = useBranches(active);
  if (!active) return null;
  return (
    <Select
      label={t("words.branch")}
      clearable
      searchable
      {...rest}
      data={branches.map((branch) => ({ value: String(branch.id), label: branch.name }))}
      value={value === null ? null : String(value)}
      onChange={(next) => onChange(next === null ? null : Number(next))}
    />
  );
}
