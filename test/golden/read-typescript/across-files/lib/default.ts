/** Has no name of its own elsewhere. */
export default interface Default {
  d: number;
}
