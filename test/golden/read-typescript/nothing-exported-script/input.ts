interface User {
  name: string;
}
type Age = number;
