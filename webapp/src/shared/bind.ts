import type { ReactNode } from "react";

interface Bindable {
  getInputProps: (path: never) => { value?: unknown; onChange: unknown; error?: ReactNode };
}

interface Bound<Value> {
  value: Value;
  onChange: (value: Value) => void;
  error: ReactNode;
}

/** A form's field for inputs that insist on a value, such as `MoneyInput` and `DayInput`. */
export function bind<Value = string>(form: Bindable, path: string): Bound<Value> {
  const { value, onChange, error } = form.getInputProps(path as never);
  return { value: value as Value, onChange: onChange as (value: Value) => void, error };
}
