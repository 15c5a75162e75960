// More whole notebooks: the messy ones.

import { expect, it } from 'vitest';
import { analyse, show } from './notebook.ts';

it('left half tagged: scratch cells that steps lean on, cells run out of order', () => {
  expect(show(analyse(`
| import pandas as pd
print(pd.__version__)
---
| df = pd.read_csv("sales.csv")
---
step:monthly | monthly = df.groupby("month")["amount"].sum()
---
| df = df[df.amount > 0]
---
step:top | top = df.nlargest(10, "amount")
---
step:plot | ax = monthly.plot()
ax.set_title(TITLE)
---
| TITLE = f"Sales of {len(df)} customers"
---
step:export | top.to_excel("top.xlsx")
del top
---
step:late | print(top)
`))).toMatchInlineSnapshot(`
  "monthly [2] df → monthly !open: \`df\` has no known place
  top [4] df → top !open: \`df\` has no known place
  plot [5] TITLE monthly → ax !open: \`TITLE\` has no known place
  export [7] top → top del top
  late [8] top →
  monthly > plot monthly
  top > export top
  export > late top
  warning scratch-provider 2:0:10-0:20 Step \`monthly\` reads \`df\`, bound only in cell 2, which is not part of the flow.
  warning scratch-provider 4:0:6-0:17 Step \`top\` reads \`df\`, bound only in cell 4, which is not part of the flow.
  warning scratch-provider 5:1:13-1:18 Step \`plot\` reads \`TITLE\`, bound only in cell 7, which is not part of the flow.
  warning unresolved-name 8:0:6-0:9 Step \`late\` reads \`top\`, which step \`export\` deletes."
`);
});

it('widgets of the trade: display, progress bars, shell with names, timing', () => {
  expect(show(analyse(`
setup | import time
from tqdm.auto import tqdm
from IPython.display import display, Markdown
URL = "https://example.org/data"
---
step:download | %%time
files = []
for name in tqdm(["a", "b"]):
    !curl -s {URL}/{name}.csv -o {name}.csv
    files.append(f"{name}.csv")
---
step:show | display(Markdown(f"**{len(files)}** files"))
%timeit sum(range(1000))
---
step:measure | started = time.time()
total = %time sum(len(open(file).read()) for file in files)
---
step:keep | kept = _ if total is None else total
`))).toMatchInlineSnapshot(`
  "setup.1 [0] → Markdown URL display time tqdm
  download [1] URL tqdm → files name !opaque: \`!command\` looks names up
  show [2] Markdown display files →
  measure [3] files time → started total
  keep [4] _ total → kept
  setup.1 > download URL tqdm
  setup.1 > show Markdown display
  download > show files
  setup.1 > measure time
  download > measure files
  measure > keep total
  hint opaque-step 1:3:4-3:43 Step \`download\` waits for all steps above it: \`!command\` looks names up."
`);
});

it('a class with state, used from step to step', () => {
  expect(show(analyse(`
setup | from dataclasses import dataclass, field

@dataclass
class Ledger:
    entries: list = field(default_factory=list)

    def book(self, amount: float, why: str = ""):
        self.entries.append((amount, why))

    @property
    def balance(self) -> float:
        return sum(amount for amount, _ in self.entries) * RATE

RATE = 1.0
---
step:open | ledger = Ledger()
ledger.book(100, "opening")
---
step:spend | for amount in [10, 20]:
    ledger.book(-amount)
---
step:audit | print(ledger.balance)
---
step:rate | RATE = 1.1
---
step:report | balance = ledger.balance
---
step:copy | from copy import deepcopy
archive = deepcopy(ledger)
archive.book(0, "archived")
---
step:end | assert ledger.balance == balance
`))).toMatchInlineSnapshot(`
  "setup.1 [0] → Ledger RATE dataclass field
  open [1] Ledger RATE → ledger
  spend [2] RATE ledger → amount ledger
  audit [3] RATE ledger →
  rate [4] → RATE
  report [5] RATE ledger → balance
  copy [6] RATE ledger → archive deepcopy
  end [7] RATE balance ledger →
  setup.1 > open Ledger RATE
  setup.1 > spend RATE
  open > spend ledger
  setup.1 > audit RATE
  spend > audit ledger
  spend > report ledger
  rate > report RATE
  spend > copy ledger
  rate > copy RATE
  spend > end ledger
  rate > end RATE
  report > end balance"
`);
});

it('exec, star imports and queries: what cannot be known is said', () => {
  expect(show(analyse(`
setup | from math import *
import pandas as pd
---
step:make | exec("hidden = 1")
---
step:use | print(hidden + sqrt(2))
---
step:frame | df = pd.DataFrame({"a": [1, 2]})
limit = 1
---
step:query | few = df.query("a > @limit")
---
step:plain | some = df.query("a > 1")
---
step:all | names = sorted(globals())
`))).toMatchInlineSnapshot(`
  "setup.1 [0] → pd !open: \`from math import *\` binds names nobody can list
  make [1] exec → !opaque: uses \`exec\`
  use [2] hidden print sqrt →
  frame [3] pd → df limit
  query [4] df → few !opaque: \`.query\` looks names up
  plain [5] df → some
  all [6] globals sorted → names !opaque: uses \`globals\`
  setup.1 > make exec
  setup.1 > use hidden print sqrt
  make > use hidden sqrt
  setup.1 > frame pd
  frame > query df
  frame > plain df
  setup.1 > all globals sorted
  warning star-import 0:0:0-0:18 The setup: \`from math import *\` binds names nobody can list.
  hint opaque-step 1:0:0-0:4 Step \`make\` waits for all steps above it: uses \`exec\`.
  hint opaque-step 4:0:6-0:28 Step \`query\` waits for all steps above it: \`.query\` looks names up.
  hint opaque-step 6:0:15-0:22 Step \`all\` waits for all steps above it: uses \`globals\`."
`);
});

it('a step in two places: allowed where nobody minds, refused where the data flow would change', () => {
  expect(show(analyse(`
step:a | x = 1
---
step:b | y = 2
---
step:a | z = x + 1
---
step:c | z = z * y
---
step:b | y = z
---
step:d | print(x, y, z)
`))).toMatchInlineSnapshot(`
  "a [0 2] → x z
  b [1 4] z → y
  c [3] y z → z
  d [5] x y z →
  a > b z
  a > c z
  b > c y
  a > d x
  b > d y
  c > d z
  error split-step 2 Step \`a\` goes on here, but step \`b\` stands between its cells, and both use \`z\`.
  error split-step 4 Step \`b\` goes on here, but step \`c\` stands between its cells, and both use \`z\` and \`y\`."
`);
});

it('figures across steps, and saved results', () => {
  expect(show(analyse(`
setup | import matplotlib.pyplot as plt
import numpy as np
plt.rcParams["figure.figsize"] = (8, 4)
x = np.linspace(0, 1)
---
step:canvas | fig, axes = plt.subplots(1, 2)
---
step:left | axes[0].plot(x, x ** 2)
---
step:right | axes[1].plot(x, np.sqrt(x))
---
step:save | fig.savefig("both.png")
np.save("x.npy", x)
---
step:load | y = np.load("x.npy")
`))).toMatchInlineSnapshot(`
  "setup.1 [0] → np plt x
  canvas [1] plt → axes fig
  left [2] axes x → axes fig
  right [3] axes np x → axes fig
  save [4] fig np x →
  load [5] np → y
  setup.1 > canvas plt
  setup.1 > canvas (state) %rcParams
  setup.1 > left x
  canvas > left axes
  setup.1 > right np x
  left > right axes
  setup.1 > save np x
  right > save fig
  setup.1 > load np
  save > load (file) x.npy"
`);
});

it('spark-like pipelines of many small frames stay parallel', () => {
  expect(show(analyse(`
setup | import pandas as pd
PATH = "data/"
---
step:customers | customers = pd.read_csv(PATH + "customers.csv")
---
step:orders | orders = pd.read_csv(PATH + "orders.csv")
orders["date"] = pd.to_datetime(orders["date"])
---
step:items | items = pd.read_csv(PATH + "items.csv")
---
step:per_customer | per_customer = orders.merge(customers, on="customer").groupby("customer").size()
---
step:per_item | per_item = orders.merge(items, on="item").groupby("item").size()
---
step:join | both = {"customer": per_customer, "item": per_item}
for key, value in both.items():
    value.to_csv(PATH + f"{key}.csv")
`))).toMatchInlineSnapshot(`
  "setup.1 [0] → PATH pd
  customers [1] PATH pd → customers
  orders [2] PATH pd → orders
  items [3] PATH pd → items
  per_customer [4] customers orders → per_customer
  per_item [5] items orders → per_item
  join [6] PATH per_customer per_item → both key value
  setup.1 > customers PATH pd
  setup.1 > orders PATH pd
  setup.1 > items PATH pd
  customers > per_customer customers
  orders > per_customer orders
  orders > per_item orders
  items > per_item items
  setup.1 > join PATH
  per_customer > join per_customer
  per_item > join per_item"
`);
});
