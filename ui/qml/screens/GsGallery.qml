import QtQuick
import QtQuick.Layouts
import "../theme"
import "../components"

// Every component on one page, for those who build screens.
GsPage {
    title: "组件一览"
    subtitle: "每个零件在各种大小、大字版和高对比下都应当看得清、点得着。"
    step: 3
    steps: 7
    stepName: "填写信息"
    stepNext: "核对清单"
    primaryText: "下一步"
    extras: [
        GsButton {
            text: "打印"
            iconName: "printer"
        }
    ]

    Flow {
        Layout.fillWidth: true
        spacing: GsTheme.gap
        GsButton {
            kind: "primary"
            text: "主要按钮"
        }
        GsButton {
            text: "次要按钮"
            iconName: "scan"
        }
        GsButton {
            kind: "quiet"
            text: "安静按钮"
        }
        GsButton {
            kind: "danger"
            text: "删除"
            iconName: "trash"
        }
        GsButton {
            text: "不可用"
            enabled: false
        }
    }
    Flow {
        Layout.fillWidth: true
        spacing: GsTheme.gap
        GsTag {
            text: "齐了"
            mood: "good"
            iconName: "circle-check"
        }
        GsTag {
            text: "可以后补"
            mood: "warn"
            iconName: "clock"
        }
        GsTag {
            text: "还缺"
            mood: "bad"
            iconName: "alert-circle"
        }
        GsTag {
            text: "演示数据"
            mood: "info"
        }
        GsTag {
            text: "不需要"
        }
    }
    GsBanner {
        Layout.fillWidth: true
        text: "没有读到身份证。"
        action: "请把身份证平放在读卡区,不要移动,等听到“嘀”一声。"
        mood: "warn"
    }
    GridLayout {
        Layout.fillWidth: true
        columns: GsTheme.portrait ? 1 : 2
        uniformCellWidths: true
        columnSpacing: GsTheme.gap
        rowSpacing: GsTheme.gap
        GsChoice {
            Layout.fillWidth: true
            text: "给我自己办"
            note: "用您自己的身份证"
            iconName: "user"
            chosen: true
        }
        GsChoice {
            Layout.fillWidth: true
            text: "替家人办"
            note: "例如给父母、配偶、孩子办"
            iconName: "users"
        }
        GsField {
            Layout.fillWidth: true
            label: "联系电话"
            text: "13800000000"
            help: "办理结果会通知到这个号码。"
            pad: "number"
        }
        GsField {
            Layout.fillWidth: true
            label: "银行卡号"
            text: "6222"
            mistake: "卡号应当是 16 到 19 位数字。"
            pad: "number"
        }
    }
    GsMasked {
        Layout.fillWidth: true
        hidden: "000***********0021"
        full: "000000194001010021"
    }
    GsCard {
        Layout.fillWidth: true
        raised: true
        GsText {
            text: "标题 Heading"
            role: "lead"
            strong: true
        }
        GsText {
            Layout.fillWidth: true
            text: "正文。办理这件事需要带身份证和户口簿,当场扫描,不收原件。"
        }
        GsText {
            Layout.fillWidth: true
            text: "说明文字:材料只用于这次办理。"
            role: "small"
            soft: true
        }
    }
}
