"""The demonstration's targets and coordinated issues, after the half-year report that the product was built for."""

import datetime as dt

from workplans.models import Issue, ObstacleType, Target

Kind, State, Source = Target.Kind, Target.State, Target.Source

# by half-year: each target with its progress (day, state, note)
TARGETS = {
    "2020H1": [
        ({"area": "theory", "item": 1, "text": "组织理论学习十次以上", "kind": Kind.QUANTITATIVE,
          "metric": "study_sessions", "quantity": 10, "due": dt.date(2020, 6, 30), "post": "统战干事",
          "leader_post": "统战委员", "state": State.ACTIVE},
         [(dt.date(2020, 6, 24), State.DONE, "学习覆盖镇村两级统战干部。")]),
        ({"area": "religion", "item": 2, "text": "宗教活动场所安全隐患整改", "kind": Kind.RECTIFICATION,
          "source": Source.RECTIFICATION, "due": dt.date(2020, 6, 30), "post": "统战干事", "leader_post": "统战委员",
          "deliverable": "安全隐患整改", "state": State.ACTIVE},
         [(dt.date(2020, 6, 15), State.BEHIND, "个别用电和消防隐患仍在整改。")]),
        ({"area": "nonpublic", "item": 3, "text": "走访企业四十家次", "kind": Kind.QUANTITATIVE,
          "metric": "enterprise_visits", "quantity": 40, "due": dt.date(2020, 6, 30), "post": "统战干事",
          "state": State.ACTIVE},
         [(dt.date(2020, 6, 9), State.DONE, "收集的问题已逐一建账。")]),
    ],
    "2020H2": [
        ({"area": "chamber", "item": 1, "text": "成立镇商会", "kind": Kind.MILESTONE, "must": True,
          "due": dt.date(2020, 9, 30), "deliverable": "商会组建工作", "leader_post": "党委副书记", "post": "统战干事",
          "supporters": "区工商联、区民政局", "measure": "由镇党委会同区工商联推荐人选，七月底前完成考察。"},
         []),  # what holds it up and how far it is: its area's register says so (Area.keeper)
        ({"area": "structure", "item": 2, "text": "整合统战资源，服务双联行动", "kind": Kind.QUALITATIVE,
          "sign": "各村（社区）双联结对全覆盖", "post": "统战干事", "leader_post": "统战委员"}, []),
        ({"area": "structure", "item": 3, "text": "加强统战自身建设", "kind": Kind.QUALITATIVE,
          "sign": "统战工作制度汇编印发", "post": "统战委员"}, []),
        ({"area": "figures", "item": 3, "text": "加强新社会阶层人士统战工作", "kind": Kind.QUALITATIVE,
          "sign": "建成一处活动阵地", "post": "统战干事"}, []),
    ],
}  # fmt: skip

# each issue with its log (day, state, note)
ISSUES = [
    ({"area": "structure", "title": "灵山寺扩寺建设", "about": "灵山寺", "source": Issue.Source.VENUE,
      "opened_on": dt.date(2019, 11, 12), "due": dt.date(2020, 12, 31), "post": "统战委员",
      "obstacle_type": ObstacleType.LAND, "obstacle": "规划用地手续未批", "obstacle_since": dt.date(2020, 3, 2),
      "content": "场所管理组织申请扩建，需协调规划、用地、消防等手续。示例数据。"},
     [(dt.date(2019, 12, 10), Issue.State.ACTIVE, "会同相关部门现场踏勘，形成初步意见。"),
      (dt.date(2020, 3, 2), Issue.State.ACTIVE, "规划用地手续需补充材料。"),
      (dt.date(2020, 5, 27), Issue.State.ACTIVE, "人大代表视察时提出加快办理的建议，已转相关部门。")]),
    ({"area": "religion", "title": "灵山寺门前道路破损", "about": "灵山寺", "source": Issue.Source.PUBLIC,
      "opened_on": dt.date(2020, 4, 7), "post": "统战干事", "content": "示例数据。"},
     [(dt.date(2020, 4, 28), Issue.State.SOLVED, "已协调修补完毕。")]),
]  # fmt: skip
