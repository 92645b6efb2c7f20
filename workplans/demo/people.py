"""The demonstration's units and accounts: fictitious places, posts instead of persons."""

from accounts.models import Level, Role

PASSWORD = "yanshi-2020-demo"  # noqa: S105  (printed for everybody; the command refuses to load it into a database for work)

UNITS = [
    {"code": "yunchuan", "name": "云川区", "level": Level.DISTRICT, "office": "区委统战部", "leading_body": "市委",
     "guiding_body": "市委统战部"},
    {"code": "qingxi", "name": "清溪镇", "parent": "yunchuan", "slogan": "怡人宜秀", "signature": "清溪镇统战办公室"},
    {"code": "baishi", "name": "白石镇", "parent": "yunchuan", "slogan": "", "signature": "白石镇统战办公室"},
]  # fmt: skip
VILLAGES = {
    "qingxi": ["东山村", "西塘村", "北岭村", "南溪社区", "中和社区"],
    "baishi": ["西河村", "石桥村"],
}
ACCOUNTS = [
    {"username": "clerk", "unit": "qingxi", "role": Role.CLERK, "name": "统战干事", "post": "统战干事"},
    {"username": "reviewer", "unit": "qingxi", "role": Role.REVIEWER, "name": "统战委员", "post": "统战委员"},
    {"username": "signer", "unit": "qingxi", "role": Role.SIGNER, "name": "分管领导", "post": "党委副书记"},
    {"username": "baishi-clerk", "unit": "baishi", "role": Role.CLERK, "name": "统战干事", "post": "统战干事"},
    {"username": "district", "unit": "yunchuan", "role": Role.DISTRICT, "name": "区委统战部", "post": "办公室"},
    {"username": "admin", "unit": "yunchuan", "role": Role.ADMINISTRATOR, "name": "系统管理员", "post": "管理员"},
]
