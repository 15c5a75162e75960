// Whole notebooks as people write them, and the whole flow that comes of each.

import { expect, it } from 'vitest';
import { analyse, show } from './notebook.ts';

it('churn: load, clean, a parallel fan-out of models, a report', () => {
  expect(show(analyse(`
#> # Churn
---
| import pandas as pd
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import train_test_split

%matplotlib inline
pd.set_option("display.max_columns", 50)
---
parameters | # How much is held out
test_size = 0.2
seed = 42  # of every split
---
#> ## Load
---
step:load | raw = pd.read_csv("data/churn.csv")
raw.shape
---
| raw.head()
---
step:clean | def clean(df):
    df = df.dropna(subset=["tenure"])
    df["monthly"] = df["total"] / df["tenure"]
    return df

data = clean(raw)
---
step:split | X = data.drop(columns="churn")
y = data["churn"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=test_size, random_state=seed)
---
step:logistic | logistic = LogisticRegression(max_iter=1000)
logistic.fit(X_train, y_train)
auc_logistic = roc_auc_score(y_test, logistic.predict_proba(X_test)[:, 1])
---
step:forest | forest = RandomForestClassifier(n_estimators=200, random_state=seed)
forest.fit(X_train, y_train)
auc_forest = roc_auc_score(y_test, forest.predict_proba(X_test)[:, 1])
---
step:report | best = max([(auc_logistic, logistic), (auc_forest, forest)], key=lambda pair: pair[0])[1]
print(f"best: {best!r}")
`))).toMatchInlineSnapshot(`
  "setup.1 [1 2] → LogisticRegression RandomForestClassifier np pd roc_auc_score seed test_size train_test_split
  load [4] pd → raw
  clean [6] raw → clean data
  split [7] data seed test_size train_test_split → X X_test X_train y y_test y_train
  logistic [8] LogisticRegression X_test X_train roc_auc_score y_test y_train → auc_logistic logistic
  forest [9] RandomForestClassifier X_test X_train roc_auc_score seed y_test y_train → auc_forest forest
  report [10] auc_forest auc_logistic forest logistic → best
  setup.1 > load pd
  setup.1 > load (state) %pandas
  load > clean raw
  setup.1 > split seed test_size train_test_split
  clean > split data
  setup.1 > logistic LogisticRegression roc_auc_score
  split > logistic X_test X_train y_test y_train
  setup.1 > forest RandomForestClassifier roc_auc_score seed
  split > forest X_test X_train y_test y_train
  logistic > report auc_logistic logistic
  forest > report auc_forest forest
  -p test_size: float = 0.2 (How much is held out)
  -p seed: int = 42 (of every split)"
`);
});

it('in-place changes, aliases and a loop over frames', () => {
  expect(show(analyse(`
setup | import pandas as pd
from sklearn.svm import SVC
---
step:load | train_df = pd.read_csv("train.csv")
test_df = pd.read_csv("test.csv")
frames = [train_df, test_df]
---
step:relatives | for df in frames:
    df["relatives"] = df["SibSp"] + df["Parch"]
---
step:age | for df in frames:
    df["Age"].fillna(df["Age"].mean(), inplace=True)
---
step:peek | print(train_df["relatives"].describe())
---
step:model | X = train_df.drop("Survived", axis=1)
model = SVC().fit(X, train_df["Survived"])
---
step:submit | test_df["Survived"] = model.predict(test_df)
test_df.to_csv("submission.csv")
`))).toMatchInlineSnapshot(`
  "setup.1 [0] → SVC pd
  load [1] pd → frames test_df train_df
  relatives [2] frames → df frames test_df train_df
  age [3] frames → df frames test_df train_df
  peek [4] train_df →
  model [5] SVC train_df → X model
  submit [6] model test_df → df frames test_df train_df
  setup.1 > load pd
  load > relatives frames
  relatives > age frames
  age > peek train_df
  setup.1 > model SVC
  age > model train_df
  age > submit test_df
  model > submit model"
`);
});

it('torch: model and optimiser in one step, training and evaluation in others', () => {
  expect(show(analyse(`
setup | import torch
import torch.nn as nn
import torch.optim as optim
from torch.utils.data import DataLoader
from local_data import load

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
---
setup | class Net(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.fc = nn.Linear(784, hidden)
        self.out = nn.Linear(hidden, CLASSES)

    def forward(self, x):
        return self.out(torch.relu(self.fc(x)))

CLASSES = 10
---
parameters | epochs: int = 3
lr: float = 1e-3
hidden = 128
---
step:data | torch.manual_seed(0)
train_loader = DataLoader(load("train"), batch_size=64, shuffle=True)
test_loader = DataLoader(load("test"), batch_size=64)
---
step:build | net = Net(hidden).to(device)
optimizer = optim.Adam(net.parameters(), lr=lr)
criterion = nn.CrossEntropyLoss()
losses = []
---
step:train | for epoch in range(epochs):
    for images, labels in train_loader:
        optimizer.zero_grad()
        loss = criterion(net(images.to(device)), labels.to(device))
        loss.backward()
        optimizer.step()
    losses.append(loss.item())
---
step:evaluate | net.eval()
correct = 0
with torch.no_grad():
    for images, labels in test_loader:
        correct += (net(images).argmax(1) == labels).sum().item()
---
step:curve | import matplotlib.pyplot as plt
plt.plot(losses)
plt.savefig("loss.png")
---
step:save | torch.save(net.state_dict(), "net.pt")
`))).toMatchInlineSnapshot(`
  "setup.1 [0 1 2] → CLASSES DataLoader Net device epochs hidden load lr nn optim torch
  data [3] DataLoader load torch → test_loader train_loader
  build [4] CLASSES Net device hidden lr nn optim torch → criterion losses net optimizer
  train [5] criterion device epochs loss losses net optimizer train_loader → epoch images labels loss losses net optimizer
  evaluate [6] net test_loader torch → correct images labels net optimizer
  curve [7] losses → plt
  save [8] net torch → writers 8
  setup.1 > data DataLoader load torch
  setup.1 > build CLASSES Net device hidden lr nn optim torch
  data > build (state) %torch.random
  setup.1 > train device epochs
  data > train train_loader
  build > train criterion losses net optimizer
  setup.1 > evaluate torch
  data > evaluate test_loader
  train > evaluate net
  train > curve losses
  setup.1 > save torch
  evaluate > save net
  -p epochs: int = 3
  -p lr: float = 1e-3
  -p hidden: int = 128"
`);
});

it('files, shell commands and the working directory between steps', () => {
  expect(show(analyse(`
setup | import os
from pathlib import Path
import pandas as pd
OUT = Path("out")
%pip install pyarrow
---
step:fetch | !wget -q https://example.org/data.zip -O data.zip
!unzip -o data.zip
---
step:convert | os.makedirs(OUT, exist_ok=True)
df = pd.read_csv("raw.csv")
df.to_parquet(OUT / "raw.parquet")
---
step:count prev:convert | n = !wc -l raw.csv
---
step:summary | again = pd.read_parquet("out/raw.parquet")
with open(OUT / "summary.txt", "w") as f:
    f.write(str(again.describe()))
---
step:zip | !gzip -k out/summary.txt
---
step:move | %cd out
---
step:last | print(os.listdir("."))
`))).toMatchInlineSnapshot(`
  "setup.1 [0] → OUT Path os pd
  fetch [1] →
  convert [2] OUT os pd → df writers 2
  count [3] → n
  summary [4] OUT pd → again f
  zip [5] →
  move [6] →
  last [7] os →
  setup.1 > convert OUT os pd
  convert > count (prev)
  setup.1 > summary OUT pd
  convert > summary (file) out/raw.parquet
  summary > zip (file) out/summary.txt
  setup.1 > last os
  move > last (state) %cwd
  hint pip-line 0:4:0-4:20 \`%pip install pyarrow\` does not run in a flow."
`);
});

it('helpers that use globals, and globals that change below them', () => {
  expect(show(analyse(`
| CONFIG = {"depth": 3}
counter = 0

def log(message):
    global counter
    counter += 1
    print(counter, message)

def depth():
    return CONFIG["depth"] * SCALE
---
step:first | SCALE = 2
log("first")
a = depth()
---
step:second | b = [depth() for _ in range(3)]
---
step:third | CONFIG["depth"] = 5
---
step:fourth | c = list(map(lambda x: x * depth(), b))
log("fourth")
---
step:fifth | print(a, counter)
`))).toMatchInlineSnapshot(`
  "setup.1 [0] → CONFIG counter depth log
  first [1] CONFIG counter depth log → SCALE a counter
  second [2] CONFIG SCALE depth → b
  third [3] CONFIG → CONFIG
  fourth [4] CONFIG SCALE b counter depth log → c counter
  fifth [5] a counter →
  setup.1 > first CONFIG counter depth log
  setup.1 > second CONFIG depth
  first > second SCALE
  setup.1 > third CONFIG
  setup.1 > fourth depth log
  first > fourth SCALE counter
  second > fourth b
  third > fourth CONFIG
  first > fifth a
  fourth > fifth counter"
`);
});

it('a seeded notebook: draws follow one another, everything else is free', () => {
  expect(show(analyse(`
setup | import random
import numpy as np
import pandas as pd
np.random.seed(0)
random.seed(0)
rng = np.random.default_rng(1)
---
step:noise | noise = np.random.normal(size=10)
---
step:constant | flat = np.zeros(10)
---
step:shuffled | order = list(range(10))
random.shuffle(order)
---
step:more | more = np.random.rand(3) + noise[:3]
---
step:own | own = rng.normal(size=3)
---
step:again | again = rng.integers(3)
`))).toMatchInlineSnapshot(`
  "setup.1 [0] → np pd random rng
  noise [1] np → noise
  constant [2] np → flat
  shuffled [3] random → order
  more [4] noise np → more
  own [5] rng → own rng
  again [6] rng → again rng
  setup.1 > noise np
  setup.1 > noise (state) %numpy.random
  setup.1 > constant np
  setup.1 > shuffled random
  setup.1 > shuffled (state) %random
  setup.1 > more np
  noise > more noise
  noise > more (state) %numpy.random
  setup.1 > own rng
  own > again rng"
`);
});
