pragma Singleton

import QtQuick
import "../theme"

// Names of things the program counts in codes. Every screen takes them from here.
QtObject {
    id: words

    // Whom people call. The window sets it.
    property string hotline: ""

    function pick(table: var, code: string): string {
        return code in table ? table[code] : code;
    }

    function step(code: string): string {
        return pick({
            "identity": qsTr("确认身份"),
            "who": qsTr("为谁办理"),
            "scenario": qsTr("选择情况"),
            "members": qsTr("家庭成员"),
            "form": qsTr("填写信息"),
            "notice": qsTr("核对清单"),
            "materials": qsTr("提交材料"),
            "afterwards": qsTr("办好以后"),
            "signature": qsTr("签名"),
            "readback": qsTr("确认提交")
        }, code);
    }

    function section(code: string): string {
        return pick({
            "materials": qsTr("要带什么"),
            "conditions": qsTr("谁能办"),
            "process": qsTr("怎么办、多久"),
            "fee": qsTr("收费"),
            "results": qsTr("能拿到什么"),
            "places": qsTr("在哪办、问谁"),
            "papers": qsTr("表格和样表"),
            "faq": qsTr("常见问题"),
            "basis": qsTr("政策依据"),
            "rights": qsTr("办不成怎么办"),
            "about": qsTr("别的事项信息")
        }, code);
    }

    function link(code: string): string {
        return pick({
            "online": qsTr("网络正常"),
            "offline": qsTr("断网 · 照常办"),
            "silent": qsTr("网络情况不清楚")
        }, code);
    }

    function scansWait(why: string, cases: int, until: string): string {
        if (until === "")
            return qsTr("填的内容先送，还有 %1 件的扫描材料，等换成不按流量收费的网络再送。").arg(cases);
        return (why === "budget" ? qsTr("填的内容先送。流量用完了，还有 %1 件的扫描材料 %2 以后送。") : qsTr("填的内容先送，还有 %1 件的扫描材料 %2 以后送。")).arg(cases).arg(moment(until));
    }

    function printer(ready: bool, failure: string, warning: string): string {
        if (ready)
            return warning === "printer.paper_low" ? qsTr("打印纸不多了") : qsTr("打印正常");
        return pick({
            "printer.paper_out": qsTr("打印机缺纸"),
            "printer.jam": qsTr("打印机卡纸"),
            "printer.cover_open": qsTr("打印机盖子没盖好"),
            "printer.busy": qsTr("打印机正忙"),
            "printer.offline": qsTr("打印机未连接")
        }, failure in {
            "printer.paper_out": 1,
            "printer.jam": 1,
            "printer.cover_open": 1,
            "printer.busy": 1,
            "printer.offline": 1
        } ? failure : qsTr("打印机不可用"));
    }

    function device(kind: string): string {
        return pick({
            "idcard": qsTr("读卡器"),
            "scanner": qsTr("扫描仪"),
            "camera": qsTr("高拍仪"),
            "barcode": qsTr("扫码枪"),
            "phone": qsTr("手机传文件"),
            "stick": qsTr("U 盘"),
            "printer": qsTr("打印机")
        }, kind);
    }

    function paper(kind: string): string {
        return pick({
            "receipt": qsTr("回执"),
            "decision": qsTr("部门文书"),
            "notice": qsTr("一次性告知单"),
            "signature": qsTr("按手印的签字页"),
            "list": qsTr("材料清单"),
            "guide": qsTr("办事指南"),
            "specimen": qsTr("空白表或样表"),
            "day": qsTr("日终核对单")
        }, kind);
    }

    function caseState(code: string): string {
        return pick({
            "queued": qsTr("已收好，待送出"),
            "submitted": qsTr("已送到，等待预审"),
            "pre_ok": qsTr("预审通过"),
            "received": qsTr("部门已收件，等待受理"),
            "correction": qsTr("需要您补正"),
            "refused": qsTr("不予受理"),
            "accepted": qsTr("已受理"),
            "deemed": qsTr("已受理（依法视为受理）"),
            "review": qsTr("正在审查"),
            "paused": qsTr("正在走特别程序"),
            "extended": qsTr("审批时间已延长"),
            "decided_yes": qsTr("已批准"),
            "decided_no": qsTr("未获批准"),
            "concluded": qsTr("已办结"),
            "delivered": qsTr("结果已送达"),
            "withdrawn": qsTr("已撤回"),
            "terminated": qsTr("已终止"),
            "lapsed": qsTr("逾期未补正，已结束"),
            "cancelled": qsTr("已取消"),
            "archived": qsTr("已归档")
        }, code);
    }

    // What the person may wait for, or has to do, while a case stands there.
    function caseNext(code: string): string {
        return pick({
            "queued": qsTr("不用您做什么，我们会送到办理部门。"),
            "submitted": qsTr("不用您做什么，部门正在看材料。"),
            "pre_ok": qsTr("材料没有问题，等部门受理。"),
            "received": qsTr("不用您做什么，部门正在看材料。"),
            "correction": qsTr("请把下面写的补上，在这台机器上就能补。"),
            "refused": qsTr("不予受理的原因写在文书上。不同意的，可以申请复议，文书上写着怎么办。"),
            "accepted": qsTr("部门正在办，办好会通知您。没接到消息，请打 %1。").arg(words.hotline),
            "deemed": qsTr("部门正在办，办好会通知您。没接到消息，请打 %1。").arg(words.hotline),
            "review": qsTr("部门正在办，办好会通知您。没接到消息，请打 %1。").arg(words.hotline),
            "paused": qsTr("这段时间不算在办理时限里，结束后接着办。"),
            "extended": qsTr("办理时间延长了，原因部门会告诉您。"),
            "decided_yes": qsTr("办成了，结果马上送到。"),
            "decided_no": qsTr("没有批准，原因写在文书上。不同意的，可以申请复议。"),
            "concluded": qsTr("办完了，结果可以领了。"),
            "delivered": qsTr("办完了，结果已经送到。"),
            "withdrawn": qsTr("这件已经撤回，需要时可以重新办。"),
            "terminated": qsTr("这件已经终止，原因请打 %1 问一问。").arg(words.hotline),
            "lapsed": qsTr("过了补正的日子，这件已经结束。需要时可以重新办。"),
            "cancelled": qsTr("这件已经取消，需要时可以重新办。"),
            "archived": qsTr("办完了，已经存档。")
        }, code);
    }

    function caseMood(code: string): string {
        if (["correction", "refused", "decided_no", "terminated", "lapsed"].includes(code))
            return "warn";
        return ["accepted", "deemed", "decided_yes", "concluded", "delivered"].includes(code) ? "good" : "info";
    }

    function relation(code: string): string {
        return pick({
            "self": qsTr("本人"),
            "spouse": qsTr("丈夫或妻子"),
            "child": qsTr("儿子或女儿"),
            "parent": qsTr("父亲或母亲"),
            "grandparent": qsTr("祖父母、外祖父母"),
            "grandchild": qsTr("孙子女、外孙子女"),
            "sibling": qsTr("兄弟姐妹"),
            "guardian": qsTr("监护人"),
            "neighbour": qsTr("邻居"),
            "village_staff": qsTr("村（社区）工作人员"),
            "other": qsTr("其他")
        }, code);
    }

    function way(code: string): string {
        return pick({
            "window": qsTr("自己到窗口领"),
            "post": qsTr("寄到家里"),
            "proxy": qsTr("请别人代领"),
            "point": qsTr("到这个服务点来拿")
        }, code);
    }

    function booking(code: string): string {
        return pick({
            "wished": qsTr("正在为您预约"),
            "confirmed": qsTr("约好了"),
            "full": qsTr("这个时间约不上了，可以换个时间"),
            "past": qsTr("送到时已经过了这个时间，可以换个时间")
        }, code);
    }

    function weekday(number: int): string {
        return [qsTr("周一"), qsTr("周二"), qsTr("周三"), qsTr("周四"), qsTr("周五"), qsTr("周六"), qsTr("周日")][number - 1] ?? "";
    }

    function printing(state: string): string {
        return pick({
            "idle": qsTr("打印清单"),
            "printing": qsTr("正在打印"),
            "printed": qsTr("打好了，再打一张"),
            "failed": qsTr("再试着打印")
        }, state);
    }

    readonly property var months: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]

    // 2026-11-24 or 2026-11-24T10:32
    function day(iso: string): string {
        const [year, month, date] = iso.slice(0, 10).split("-").map(Number);
        if (!date)
            return iso;
        return GsTheme.english ? [date, months[month - 1], year].join(" ") : qsTr("%1年%2月%3日").arg(year).arg(month).arg(date);
    }

    function shortDay(iso: string): string {
        const [, month, date] = iso.slice(0, 10).split("-").map(Number);
        if (!date)
            return iso;
        return GsTheme.english ? [date, months[month - 1]].join(" ") : qsTr("%1月%2日").arg(month).arg(date);
    }

    function moment(iso: string): string {
        return iso === "" ? "" : day(iso) + " " + iso.slice(11, 16);
    }

    function feedback(kind: string): string {
        return ({
                guide: qsTr("指南报错"),
                complaint: qsTr("投诉"),
                suggestion: qsTr("建议")
            })[kind] ?? "";
    }

    // From when until when; the day is said once where both are on it.
    function span(begins: string, ends: string): string {
        const until = begins.slice(0, 10) === ends.slice(0, 10) ? ends.slice(11, 16) : shortMoment(ends);
        return qsTr("%1 到 %2").arg(shortMoment(begins)).arg(until);
    }

    function shortMoment(iso: string): string {
        return shortDay(iso) + " " + iso.slice(11, 16);
    }

    function limit(days: int, working: bool): string {
        if (days === 0)
            return qsTr("当场办完");
        return working ? qsTr("%1 个工作日").arg(days) : qsTr("%1 天").arg(days);
    }

    // A question's own words, which stand above it where it is alone.
    function asked(label: string, optional: bool): string {
        if (!optional)
            return label;
        return label === "" ? qsTr("可以不填") : qsTr("%1（可以不填）").arg(label);
    }

    function both(chinese: string, english: string, inEnglish: bool): string {
        return inEnglish && english !== "" ? english : chinese;
    }
}
