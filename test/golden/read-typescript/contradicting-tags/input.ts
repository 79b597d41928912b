export interface Contradicting {
  /** @minimum 5 @maximum 3 */
  number: number;
  /** @maxLength 2 @minLength 3 */
  text: string | null;
  /** @exclusiveMinimum 1 @maximum 1 */
  numbers: number[];
  /** @minItems 2 @maxItems 1 */
  list: string[];
  /** @minimum 3 @maximum 3 */
  exactly: number;
}
