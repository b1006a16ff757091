pragma ComponentBehavior: Bound

import QtQuick
import QtQuick.Layouts
import Jinban
import "../theme"
import "../components"

// The one-time sheet: everything that is missing, told once, with why, what else counts and where to get it.
GsCasePage {
    id: screen

    readonly property NoticeController notice: kiosk.notice

    title: qsTr("一次告诉您：这件事还需要什么")
    subtitle: {
        if (notice.busy)
            return qsTr("正在核对……");
        if (notice.toMend > 0)
            return qsTr("有 %1 处现在办不下去，请先看红色的。").arg(notice.toMend);
        if (notice.toConfirm > 0)
            return qsTr("有 %1 条请您先看一看，符合就点一下。").arg(notice.toConfirm);
        return notice.toBring > 0 ? qsTr("下一步要交 %1 样材料，都在这里，不会再有别的。").arg(notice.toBring) : qsTr("都齐了，可以继续。");
    }
    primaryText: notice.toMend > 0 ? qsTr("回去修改") : notice.toConfirm > 0 ? qsTr("还有 %1 条没点").arg(notice.toConfirm) : qsTr("知道了，继续")
    primaryIcon: notice.toMend > 0 ? "edit" : "arrow-right"
    primaryEnabled: !notice.busy && (notice.toMend > 0 || notice.toConfirm === 0)
    onPrimary: kiosk.visit.go(notice.toMend > 0 ? "change_answers" : "notice_read")
    extras: [
        GsButton {
            objectName: "printNotice"
            text: GsWords.printing(screen.notice.paper.state)
            iconName: screen.notice.paper.state === "printed" ? "check" : "printer"
            enabled: screen.notice.paper.state !== "printing"
            onClicked: screen.notice.print()
        },
        GsButton {
            objectName: "keepCase"
            visible: screen.kiosk.visit.canKeep && !GsTheme.compact
            text: qsTr("先存着，备齐再来")
            iconName: "device-floppy"
            onClicked: screen.kiosk.cases.keep()
        }
    ]

    GsBanner {
        visible: screen.notice.paper.cause !== ""
        Layout.fillWidth: true
        mood: "warn"
        text: screen.notice.paper.cause
        action: screen.notice.paper.action
    }
    GsBanner {
        objectName: "guideChanges"
        visible: screen.notice.guideChanges !== ""
        Layout.fillWidth: true
        mood: "warn"
        text: qsTr("办事要求更新了，和您上次看到的不一样：") + "\n" + screen.notice.guideChanges
    }
    GsProblem {
        Layout.fillWidth: true
        visit: screen.kiosk.visit
    }
    Repeater {
        model: screen.notice.lines
        GsNoticeLine {
            Layout.fillWidth: true
            onConfirmed: ref => screen.notice.confirm(ref)
        }
    }
    GsChineseNote {
        Layout.fillWidth: true
    }
    GsText {
        Layout.fillWidth: true
        text: qsTr("这是本机的预先核对，以受理部门告知为准。")
        role: "small"
        soft: true
    }
}
