"""What the values of the enums on vehicles and drivers say."""

VALUES = {
    "VehiclePool": {
        "LEADERS": "固定用车: kept for leaders.",
        "OFFICE": "统一调度: dispatched by the office.",
    },
    "IncidentKind": {
        "TRAFFIC_FINE": "违章罚款: a traffic fine.",
        "ACCIDENT": "事故: an accident.",
        "DRINK_DRIVING": "酒后驾车: driving after drinking.",
        "REFUSED_DUTY": "不服从安排: a refusal to serve.",
        "UNAUTHORISED_TRIP": "擅自出车: a trip that nobody arranged.",
        "UNAUTHORISED_LENDING": "擅自出借: a vehicle lent to another without leave.",
        "UNAUTHORISED_PARKING": "私自在外停车: left elsewhere without leave.",
        "TRIP_WITHOUT_TASK": "无工作任务出车: a trip without a task.",
        "LEADER_DROVE": "领导自己驾车: a leader drove.",
        "WEAK_MANAGEMENT": "管理不力: a problem through weak management.",
    },
}
