/** Another User. */
export interface User {
  id: number;
}
