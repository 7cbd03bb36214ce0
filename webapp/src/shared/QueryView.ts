export { QueryView } from "./states";
