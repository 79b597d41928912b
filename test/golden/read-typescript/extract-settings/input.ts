/** @extract name=Client mode=json_schema instructions="Only people. Use \"quotes\"." */
export interface Customer {
  name: string;
}
/** Not tagged, so left out. */
export interface Left {
  out: string;
}
/**
 * @extract name=lower_case instructions=Everything up to the
 *   next key mode=tools
 */
export type Names = string[];
/** @extract */
export type Score = number;
