import { useQuery } from "@tanstack/react-query";
import { api, data, type Schemas } from "@/api/client";

export type Member = Schemas["MemberListedOut"];
export type Role = Schemas["RoleOut"];
export type Subject = Schemas["SubjectOut"];

export function useMembers() {
  return useQuery({ queryKey: ["users", "list"], queryFn: () => data(api.GET("/api/users")) });
}

export function useRoles(enabled = true) {
  return useQuery({ queryKey: ["roles", "list"], queryFn: () => data(api.GET("/api/roles")), enabled });
}

export function useRole(id: number | null) {
  return useQuery({
    queryKey: ["roles", "one", id],
    queryFn: () => data(api.GET("/api/roles/{role_id}", { params: { path: { role_id: id as number } } })),
    enabled: id !== null,
  });
}

export function usePermissionSchema() {
  return useQuery({
    queryKey: ["roles", "schema"],
    queryFn: () => data(api.GET("/api/roles/permissions/schema")),
    staleTime: 600_000,
  });
}

export function roleChoices(roles: Role[]) {
  return roles.map((role) => ({ value: String(role.id), label: role.name }));
}

export function invite(body: Schemas["InvitationIn"]) {
  return data(api.PATCH("/api/invite", { body }));
}

export function inviteAgain(id: number) {
  return data(api.POST("/api/invite/users/{member_id}/resend", { params: { path: { member_id: id } } }));
}

export function saveMember(id: number, body: Schemas["MemberEditIn"]) {
  return data(api.PUT("/api/users/{member_id}", { params: { path: { member_id: id } }, body }));
}

export function setMemberActive(id: number, active: boolean) {
  const params = { params: { path: { member_id: id } } };
  return active
    ? data(api.PUT("/api/users/{member_id}/activate", params))
    : data(api.PUT("/api/users/{member_id}/inactivate", params));
}

export function deleteMember(id: number) {
  return data(api.DELETE("/api/users/{member_id}", { params: { path: { member_id: id } } }));
}

export function saveRole(id: number | null, body: Schemas["RoleIn"]) {
  return id === null
    ? data(api.POST("/api/roles", { body }))
    : data(api.PUT("/api/roles/{role_id}", { params: { path: { role_id: id } }, body }));
}

export function deleteRole(id: number) {
  return data(api.DELETE("/api/roles/{role_id}", { params: { path: { role_id: id } } }));
}
