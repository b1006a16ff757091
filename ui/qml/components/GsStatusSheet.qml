pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"

// The status corner in sentences.
GsDialog {
    id: sheet

    required property StatusController status

    title: qsTr("这台机器的情况")
    iconName: "info-circle"
    actions: GsButton {
        objectName: "closeStatus"
        Layout.fillWidth: true
        kind: "primary"
        text: qsTr("知道了")
        onClicked: sheet.open = false
    }

    GsLine {
        Layout.fillWidth: true
        label: qsTr("网络")
        full: ({
                online: qsTr("正常"),
                offline: qsTr("现在没有网络，照常可以办，网络好了自动送出。"),
                silent: qsTr("负责送件的程序没有应答，收下的都存在本机，请告诉工作人员。")
            })[sheet.status.link]
    }
    GsLine {
        objectName: "queueLine"
        Layout.fillWidth: true
        label: qsTr("送达")
        full: {
            if (sheet.status.link === "silent")
                return qsTr("不知道送出了多少。");
            if (sheet.status.allDelivered)
                return qsTr("收下的都送到了。");
            if (sheet.status.scansWait !== "")
                return GsWords.scansWait(sheet.status.scansWait, sheet.status.queued, sheet.status.scansUntil) + (sheet.status.parked > 0 ? qsTr("其中 %1 件需要工作人员处理。").arg(sheet.status.parked) : "");
            const here = qsTr("还有 %1 件在本机，等着送出。").arg(sheet.status.queued);
            const sent = sheet.status.percentSent > 0 ? qsTr("已经送了 %1%。").arg(sheet.status.percentSent) : "";
            const time = sheet.status.minutesLeft > 0 ? qsTr("大约还要 %1 分钟。").arg(sheet.status.minutesLeft) : "";
            const waiting = here + sent + time;
            return sheet.status.parked > 0 ? waiting + qsTr("其中 %1 件需要工作人员处理。").arg(sheet.status.parked) : waiting;
        }
    }
    GsLine {
        visible: sheet.status.lastContact !== ""
        Layout.fillWidth: true
        label: qsTr("上次联系到")
        full: GsWords.moment(sheet.status.lastContact)
    }
    GsLine {
        objectName: "asOfLine"
        visible: sheet.status.asOf !== ""
        Layout.fillWidth: true
        label: qsTr("办事指南数据截至")
        full: GsWords.day(sheet.status.asOf)
    }
    Repeater {
        model: sheet.status.devices
        GsLine {
            required property string kind
            required property bool ready
            required property bool simulated
            required property string cause
            required property string action
            Layout.fillWidth: true
            label: GsWords.device(kind) + (simulated ? qsTr("（模拟）") : "")
            full: cause !== "" ? cause + action : ready ? qsTr("正常") : qsTr("不可用")
        }
    }
    GsLine {
        Layout.fillWidth: true
        label: qsTr("终端编号")
        full: sheet.status.terminalNo
    }
}
